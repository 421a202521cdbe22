import type { Quiz } from '../../src/modules/chapters/course/domain/quiz';
import {
  gradedQuizSchema,
  quizSchema,
  type GradedQuizResponse,
  type QuizResponse,
} from '../../src/modules/chapters/quizzes/http/quizzes.schema';
import type { Answer } from './http';
import type { Student } from './student';

export type GivenAnswer = string | boolean | string[];
export type GivenAnswers = Record<string, GivenAnswer>;

/** The answer of getQuiz. Fails when it does not match its schema. */
export const toQuiz = ({ body }: Pick<Answer, 'body'>): QuizResponse => quizSchema.parse(body);

/** The answer of submitQuiz. Fails when it does not match its schema. */
export const toGraded = ({ body }: Pick<Answer, 'body'>): GradedQuizResponse => gradedQuizSchema.parse(body);

/** The answers that a student who knows everything would send to the attempt that `shown` shows. */
export function rightAnswers(quiz: Quiz, shown: Pick<QuizResponse, 'questions'>): GivenAnswers {
  return Object.fromEntries(
    quiz.questions.map((question): [string, GivenAnswer] => {
      if (question.type === 'true_false') return [question.id, question.answer];
      if (question.type === 'short_answer') return [question.id, question.accepted[0] ?? ''];
      const options = shown.questions.find(({ id }) => id === question.id)?.options ?? [];
      const textOf = new Map(question.options.map(({ id, text }) => [id, text]));
      const labels = [question.answer]
        .flat()
        .map((id) => options.find(({ text }) => text === textOf.get(id))?.id ?? `no option ${id}`);
      return [question.id, question.type === 'single_choice' ? (labels[0] ?? '') : labels];
    }),
  );
}

/** The same answers in the form that ChatGPT sends. */
export function asAnswerList(answers: GivenAnswers): { question_id: string; answer: string[] }[] {
  return Object.entries(answers).map(([id, value]) => ({
    question_id: id,
    answer: [value].flat().map(String),
  }));
}

/** Reads a quiz and submits all the right answers. */
export async function submitRightAnswers(student: Student, quiz: Quiz): Promise<Answer> {
  const shown = toQuiz(await student.get(`/quizzes/${quiz.chapterId}`));
  return student.post(`/quizzes/${quiz.chapterId}/submit`, { answers: rightAnswers(quiz, shown) });
}
