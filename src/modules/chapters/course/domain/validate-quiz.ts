import type { Chapter } from './chapter';
import { optionsOf, type Option, type Question, type Quiz } from './quiz';
import { toWords } from './short-answer';

export interface QuizInFile {
  readonly file: string;
  readonly quiz: Quiz;
}

const QUESTIONS = 10;
const OPTIONS = { min: 2, max: 8 };
const OPTIONS_TO_ORDER = 3;

// Each attempt shows the options in a different order, so no text may depend on the author's order.
const RELIES_ON_ORDER =
  /\boptions? \(?[a-h]\)?(?![\p{L}\p{N}])|\b(all|none|both|neither) of the (above|options above|following options)\b/iu;

/** Every mistake in the quizzes, one line each with the file name. Empty when the quizzes are valid. */
export function findQuizProblems(quizzes: readonly QuizInFile[], chapters: readonly Chapter[]): string[] {
  const chapterById = new Map(chapters.map((chapter) => [chapter.id, chapter]));
  return [
    ...quizzes.flatMap(({ file, quiz }) => {
      const chapter = chapterById.get(quiz.chapterId);
      const problems =
        chapter === undefined
          ? [`chapter "${quiz.chapterId}" does not exist`]
          : [...findOwnProblems(quiz), ...findGiveaways(quiz), ...findCoverageProblems(quiz, chapter)];
      return problems.map((problem) => `${file}: ${problem}`);
    }),
    ...findDuplicates(quizzes),
  ];
}

function findOwnProblems({ questions }: Quiz): string[] {
  const problems = questions.flatMap((question) =>
    [...findTextProblems(question), ...findOptionProblems(question), ...findAnswerProblems(question)].map(
      (problem) => `question "${question.id}" ${problem}`,
    ),
  );
  if (questions.length !== QUESTIONS) problems.unshift(`has ${questions.length} questions, not ${QUESTIONS}`);
  return problems;
}

/** The text of one question, before or after an attempt, must not answer another question. */
function findGiveaways({ questions }: Quiz): string[] {
  return questions.flatMap((asked) => {
    if (asked.type !== 'short_answer') return [];
    return questions
      .filter((other) => other !== asked)
      .flatMap((other) => {
        const shown = textsOf(other).join(' | ');
        const form = asked.accepted.find((one) => isSaidIn(shown, one));
        return form === undefined
          ? []
          : [`question "${other.id}" says "${form}", the answer to "${asked.id}"`];
      });
  });
}

function findCoverageProblems({ questions }: Quiz, { objectives, sections }: Chapter): string[] {
  const sectionIds = new Set(sections.map(({ id }) => id));
  const asked = new Set(questions.map(({ objective }) => objective));
  return [
    ...questions.flatMap(({ id, section, objective }) => [
      ...(sectionIds.has(section)
        ? []
        : [`question "${id}" rests on section "${section}", which is not in the chapter`]),
      ...(objectives[objective - 1] === undefined
        ? [`question "${id}" names objective ${objective}; the chapter has ${objectives.length}`]
        : []),
    ]),
    ...objectives.flatMap((objective, index) =>
      asked.has(index + 1) ? [] : [`no question covers objective ${index + 1}, "${objective}"`],
    ),
  ];
}

function findTextProblems(question: Question): string[] {
  return textsOf(question).some((text) => RELIES_ON_ORDER.test(text))
    ? ['names an option by its letter or place, which changes with every attempt']
    : [];
}

function textsOf(question: Question): string[] {
  return [question.prompt, question.explanation, ...optionsOf(question).map(({ text }) => text)];
}

function findOptionProblems(question: Question): string[] {
  if (!('options' in question)) return [];
  const { options, type } = question;
  const min = type === 'order' ? OPTIONS_TO_ORDER : OPTIONS.min;
  const problems =
    options.length < min || options.length > OPTIONS.max
      ? [`has ${options.length} options, not ${min} to ${OPTIONS.max}`]
      : [];
  if (hasTwins(options.map(({ id }) => id))) problems.push('uses an option id twice');
  if (hasTwins(options.map(({ text }) => text.toLowerCase())))
    problems.push('has two options with the same text');
  return problems;
}

function findAnswerProblems(question: Question): string[] {
  switch (question.type) {
    case 'true_false':
      return [];
    case 'single_choice':
      return findUnknown([question.answer], question.options);
    case 'multiple_choice':
      return findSelectionProblems(question.answer, question.options);
    case 'order':
      return [
        ...findSelectionProblems(question.answer, question.options),
        ...(question.answer.length === question.options.length
          ? []
          : ['its answer does not order all options']),
      ];
    case 'short_answer':
      return findAcceptedProblems(question.accepted, question.prompt);
  }
}

function findSelectionProblems(answer: readonly string[], options: readonly Option[]): string[] {
  const problems = findUnknown(answer, options);
  if (answer.length === 0) problems.push('has no answer');
  if (hasTwins(answer)) problems.push('names an option twice in its answer');
  return problems;
}

function findUnknown(answer: readonly string[], options: readonly Option[]): string[] {
  return answer
    .filter((id) => options.every((option) => option.id !== id))
    .map((id) => `has the answer "${id}", which is not an option`);
}

function findAcceptedProblems(accepted: readonly string[], prompt: string): string[] {
  if (accepted.length === 0) return ['accepts nothing'];
  return accepted.flatMap((form) => {
    if (toWords(form).length === 0) return [`accepts "${form}", which holds no word`];
    return isSaidIn(prompt, form) ? [`gives its answer "${form}" away in the prompt`] : [];
  });
}

/** As whole words, in this order, with anything but words between them. */
function isSaidIn(text: string, form: string): boolean {
  const words = toWords(form).join(' ');
  return words !== '' && ` ${toWords(text).join(' ')} `.includes(` ${words} `);
}

function hasTwins(values: readonly string[]): boolean {
  return new Set(values).size !== values.length;
}

function findDuplicates(quizzes: readonly QuizInFile[]): string[] {
  const firstFile = new Map<string, string>();
  return quizzes.flatMap(({ file, quiz }) =>
    [`quiz of "${quiz.chapterId}"`, ...quiz.questions.map(({ id }) => `question id "${id}"`)].flatMap(
      (claim) => {
        const first = firstFile.get(claim);
        firstFile.set(claim, first ?? file);
        return first === undefined ? [] : [`${file}: ${claim} is already used in ${first}`];
      },
    ),
  );
}
