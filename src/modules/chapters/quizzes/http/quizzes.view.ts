import type { Chapter } from 'src/modules/chapters/course/domain/chapter';
import { isExplained, type AttemptState } from 'src/modules/chapters/quizzes/domain/attempts';
import type { QuestionResult } from 'src/modules/chapters/quizzes/domain/grade';
import type { PresentedQuestion } from 'src/modules/chapters/quizzes/domain/present';
import type { Option, Question } from 'src/modules/chapters/course/domain/quiz';
import type { GradedAttempt, QuizHistory, ReadQuiz } from 'src/modules/chapters/quizzes/quizzes.service';
import type {
  AttemptStateResponse,
  GradedQuizResponse,
  QuizAttemptsResponse,
  QuizResponse,
} from './quizzes.schema';

/** The quiz before submission: no right answers, no explanations, and not the author's ids or order. */
export function toQuizResponse({ chapter, quiz, presented, state }: ReadQuiz): QuizResponse {
  return {
    chapter: toChapter(chapter),
    pass_percent: quiz.passPercent,
    question_count: presented.length,
    questions: presented.map(toQuestion),
    attempt: toAttemptState(state),
  };
}

export function toGradedQuizResponse(graded: GradedAttempt): GradedQuizResponse {
  const { chapter, quiz } = graded;
  const creditOf = new Map(graded.results.map(({ questionId, credit }) => [questionId, credit]));
  const titleOf = new Map(chapter.sections.map(({ id, title }) => [id, title]));
  return {
    chapter: toChapter(chapter),
    attempt_number: graded.number,
    score_percent: graded.scorePercent,
    pass_percent: quiz.passPercent,
    passed: graded.isPassed,
    results: quiz.questions.map((question) => {
      const credit = creditOf.get(question.id) ?? 0;
      return {
        ...toResult({ questionId: question.id, credit }),
        ...(isExplained({ ...graded, credit }) && { explanation: question.explanation }),
        section: question.section,
        section_title: titleOf.get(question.section) ?? '',
        ...(graded.areAnswersShown && { correct_answer: correctAnswer(question) }),
      };
    }),
    attempt: toAttemptState(graded.state),
  };
}

export function toQuizAttemptsResponse({ chapter, attempts }: QuizHistory): QuizAttemptsResponse {
  return {
    chapter: toChapter(chapter),
    attempts: attempts.map((attempt) => ({
      number: attempt.number,
      score_percent: attempt.scorePercent,
      passed: attempt.isPassed,
      submitted_at: attempt.submittedAt.toISOString(),
      ...(attempt.chapterVersion !== undefined && { content_version: attempt.chapterVersion }),
      results: attempt.results.map(toResult),
    })),
  };
}

/** As text, because option ids mean nothing outside their attempt. */
function correctAnswer(question: Question): string[] {
  switch (question.type) {
    case 'true_false':
      return [String(question.answer)];
    case 'short_answer':
      return question.accepted.slice(0, 1);
    case 'single_choice':
      return textsOf([question.answer], question.options);
    case 'multiple_choice':
    case 'order':
      return textsOf(question.answer, question.options);
  }
}

function textsOf(ids: readonly string[], options: readonly Option[]): string[] {
  return ids.flatMap((id) => options.filter((option) => option.id === id).map(({ text }) => text));
}

function toQuestion(
  { question, options }: PresentedQuestion,
  index: number,
): QuizResponse['questions'][number] {
  const { id, type, difficulty, prompt } = question;
  return {
    id,
    position: index + 1,
    type,
    difficulty,
    prompt,
    ...(options.length > 0 && { options: options.map(({ label, text }) => ({ id: label, text })) }),
  };
}

function toResult({ questionId, credit }: QuestionResult) {
  return { question_id: questionId, correct: credit === 1, credit: Math.round(credit * 100) / 100 };
}

function toAttemptState(state: AttemptState): AttemptStateResponse {
  return {
    number: state.nextNumber,
    passed: state.hasPassed,
    ...(state.lastScorePercent !== undefined && { last_score_percent: state.lastScorePercent }),
    ...(state.bestScorePercent !== undefined && { best_score_percent: state.bestScorePercent }),
    ...(state.cooldownUntil && { cooldown_until: state.cooldownUntil.toISOString() }),
  };
}

function toChapter({ id, title, tier }: Chapter): QuizResponse['chapter'] {
  return { id, title, access_tier: tier };
}
