import { join } from 'node:path';
import { presentQuiz } from 'src/modules/chapters/quizzes/domain/present';
import type { QuizInCourse } from 'src/modules/chapters/course/domain/course';
import { deriveAttemptState } from 'src/modules/chapters/quizzes/domain/attempts';
import { isAcceptedAnswer } from 'src/modules/chapters/course/domain/short-answer';
import { optionsOf, QUESTION_TYPES, type Question } from 'src/modules/chapters/course/domain/quiz';
import { toGradedQuizResponse, toQuizResponse } from 'src/modules/chapters/quizzes/http/quizzes.view';
import { loadCourse } from './load-course';

const NOW = new Date('2026-11-24T20:00:00Z');
/** Enough letters to be recognised as the author's sentence. */
const SENTENCE = 30;

const quizzes = async (): Promise<QuizInCourse[]> => {
  const course = await loadCourse(join(process.cwd(), 'content'));
  return course.chapters.flatMap(({ id }) => course.findQuiz(id) ?? []);
};

/** The answer of getQuiz to a student whose attempt has this number. */
const shown = (place: QuizInCourse, number: number) =>
  toQuizResponse({
    ...place,
    presented: presentQuiz(place.quiz, { userId: 'ada', number }),
    state: deriveAttemptState([], NOW),
  });

/** The answer of submitQuiz to a failed first or second attempt in which exactly `right` was right. */
const gradedWith = (place: QuizInCourse, right: readonly Question[]) =>
  toGradedQuizResponse({
    ...place,
    results: place.quiz.questions.map((question) => ({
      questionId: question.id,
      credit: right.includes(question) ? 1 : 0,
    })),
    scorePercent: right.length * 10,
    isPassed: false,
    number: 2,
    areAnswersShown: false,
    state: deriveAttemptState([], NOW),
  });

/** Everything that answers a question: what to tick, what to write, why. */
const keysOf = (question: Question): string[] => [
  question.explanation,
  ...optionsOf(question).map(({ text }) => text),
  ...(question.type === 'short_answer' ? question.accepted : []),
];

// The files that ship. Loading has checked their form; this is about what a student could see or be denied.
describe('the quizzes in content/quizzes/', () => {
  it('exist for every chapter', async () => {
    const { chapters } = await loadCourse(join(process.cwd(), 'content'));

    expect((await quizzes()).map(({ chapter }) => chapter.id)).toEqual(chapters.map(({ id }) => id));
  });

  it('use every type of question and every difficulty', async () => {
    for (const { chapter, quiz } of await quizzes()) {
      const types = new Set(quiz.questions.map(({ type }) => type));
      const difficulties = new Set(quiz.questions.map(({ difficulty }) => difficulty));

      expect([chapter.id, types.size, difficulties.size]).toEqual([chapter.id, QUESTION_TYPES.length, 3]);
    }
  });

  it('show no key, explanation or accepted form before they are submitted', async () => {
    for (const place of await quizzes()) {
      for (const question of shown(place, 1).questions) {
        const keys = Object.keys(question).filter((key) => key !== 'options');
        expect(keys).toEqual(['id', 'position', 'type', 'difficulty', 'prompt']);
      }
      const text = JSON.stringify(shown(place, 1).questions).toLowerCase();
      const secrets = place.quiz.questions.flatMap((question) => [
        ...question.explanation.split(/(?<=[.!?])\s+/).filter(({ length }) => length > SENTENCE),
        ...(question.type === 'short_answer'
          ? question.accepted.filter(({ length }) => length > SENTENCE)
          : []),
      ]);
      const leaked = secrets.filter((secret) =>
        text.includes(JSON.stringify(secret.toLowerCase()).slice(1, -1)),
      );

      expect([place.chapter.id, leaked]).toEqual([place.chapter.id, []]);
    }
  });

  it('explain no wrong answer, and nothing of one question in the explanation of another', async () => {
    for (const place of await quizzes()) {
      const { questions } = place.quiz;
      const { results } = gradedWith(place, []);
      const told = JSON.stringify(results.map(({ section: _, section_title: __, ...rest }) => rest));
      expect(questions.flatMap(keysOf).filter((key) => told.includes(JSON.stringify(key)))).toEqual([]);

      for (const question of questions) {
        const explained = gradedWith(place, [question]).results.flatMap(({ explanation }) => explanation ?? []);
        expect(explained).toEqual([question.explanation]);
      }
    }
  });

  it('are shuffled differently in the next attempt', async () => {
    for (const place of await quizzes()) {
      const textsOf = (number: number) =>
        shown(place, number).questions.map(({ options = [] }) => options.map(({ text }) => text));

      expect(textsOf(2)).not.toEqual(textsOf(1));
    }
  });

  it('are not passed by giving the same answer everywhere', async () => {
    for (const { quiz } of await quizzes()) {
      const truths = quiz.questions.flatMap((question) =>
        question.type === 'true_false' ? [question.answer] : [],
      );
      const everythingTicked = quiz.questions.filter(
        (question) =>
          question.type === 'multiple_choice' && question.answer.length === question.options.length,
      );

      expect(truths.length).toBeLessThanOrEqual(3);
      expect(everythingTicked).toEqual([]);
    }
  });

  it('accept each form of a short answer, and none of them beside other words', async () => {
    for (const { quiz } of await quizzes()) {
      for (const question of quiz.questions) {
        if (question.type !== 'short_answer') continue;
        for (const form of question.accepted) {
          expect([form, isAcceptedAnswer(form.toUpperCase(), question.accepted)]).toEqual([form, true]);
          expect([form, isAcceptedAnswer(`${form} or something else`, question.accepted)]).toEqual([
            form,
            false,
          ]);
        }
      }
    }
  });
});
