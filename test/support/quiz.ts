import type { Quiz } from '../../src/modules/chapters/course/domain/quiz';

/** What getQuiz answers, as far as a test needs it. */
export interface QuizAnswer {
  readonly questions: readonly {
    readonly id: string;
    readonly options?: readonly { readonly id: string; readonly text: string }[];
  }[];
}

/** The answers that a student who knows everything would send to the attempt that `shown` shows. */
export function rightAnswers(quiz: Quiz, shown: QuizAnswer): Record<string, unknown> {
  return Object.fromEntries(
    quiz.questions.map((question): [string, unknown] => {
      if (question.type === 'true_false') return [question.id, question.answer];
      if (question.type === 'short_answer') return [question.id, question.accepted[0]];
      const options = shown.questions.find(({ id }) => id === question.id)?.options ?? [];
      const textOf = new Map(question.options.map(({ id, text }) => [id, text]));
      const labels = [question.answer]
        .flat()
        .map((id) => options.find(({ text }) => text === textOf.get(id))?.id ?? `no option ${id}`);
      return [question.id, question.type === 'single_choice' ? labels[0] : labels];
    }),
  );
}
