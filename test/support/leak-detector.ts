import type { Chapter, Course } from '../../src/modules/chapters';

/** So many words in a row are the author's sentence and no accident. */
const RUN = 6;
/** Shorter texts of a quiz count as a whole, from this many words on: "an answer key" of one word is everywhere. */
const SHORTEST_TEXT = 3;

const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

function* runsOf(words: readonly string[], length: number): Generator<string> {
  for (let at = 0; at + length <= words.length; at += 1) yield words.slice(at, at + length).join(' ');
}

/**
 * Knows every run of six words that only the premium part of a course says, exercises with solutions and quizzes with keys
 * and explanations included, and finds them in any answer of an operation. What the preview, the free chapters and
 * the glossary say in public is no secret, also where a premium text repeats it.
 */
export class LeakDetector {
  private readonly secrets = new Map<number, Set<string>>();

  constructor(course: Course) {
    const premium = course.chapters.filter(({ tier }) => tier === 'premium');
    const texts = premium.flatMap((chapter) => [
      ...chapter.sections.map(({ body }) => body),
      ...quizTextsOf(course, chapter),
    ]);
    for (const words of texts.map(wordsOf)) {
      const length = Math.min(RUN, words.length);
      if (length < SHORTEST_TEXT) continue;
      const known = this.secrets.get(length) ?? new Set();
      for (const run of runsOf(words, length)) known.add(run);
      this.secrets.set(length, known);
    }
    for (const words of publicTextsOf(course).map(wordsOf))
      for (const [length, known] of this.secrets) for (const run of runsOf(words, length)) known.delete(run);
  }

  get size(): number {
    return [...this.secrets.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /** Every secret run of words in this text: JSON, a page or a header, with any escapes and marks between them. */
  findLeaks(text: string): string[] {
    return [
      ...new Set(
        stringsIn(text)
          .map(wordsOf)
          .flatMap((words) => this.findRuns(words)),
      ),
    ];
  }

  private findRuns(words: readonly string[]): string[] {
    return [...this.secrets].flatMap(([length, known]) =>
      [...runsOf(words, length)].filter((run) => known.has(run)),
    );
  }
}

function quizTextsOf(course: Course, { id }: Chapter): string[] {
  return (course.findQuiz(id)?.quiz.questions ?? []).flatMap((question) => [
    question.prompt,
    question.explanation,
    ...('options' in question ? question.options.map(({ text }) => text) : []),
    ...(question.type === 'short_answer' ? question.accepted : []),
  ]);
}

function publicTextsOf(course: Course): string[] {
  return [
    course.title,
    ...course.glossary.entries.flatMap(({ term, aliases, definition }) => [term, ...aliases, definition]),
    ...course.chapters.flatMap((chapter) => [
      chapter.title,
      chapter.subtitle,
      chapter.introduction,
      ...chapter.objectives,
      ...chapter.tags,
      ...chapter.sections.map(({ title }) => title),
      ...(chapter.tier === 'free'
        ? [...chapter.sections.map(({ body }) => body), ...quizTextsOf(course, chapter)]
        : []),
    ]),
  ];
}

/** The strings of a JSON document, one by one; of anything else the whole text, with the escapes of HTML undone. */
function stringsIn(text: string): string[] {
  try {
    return stringsOf(JSON.parse(text));
  } catch {
    return [text.replace(/&#?\w+;/g, "'")];
  }
}

function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => [key, ...stringsOf(member)]);
}
