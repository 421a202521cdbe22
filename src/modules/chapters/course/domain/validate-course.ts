import { toMarkdown, type Chapter } from './chapter';
import { findLinkProblems } from './find-link-problems';

export interface ChapterInFile {
  readonly file: string;
  readonly chapter: Chapter;
}

const SECTIONS = { min: 5, max: 7 };
const OBJECTIVES = { min: 4, max: 6 };
/** ChatGPT explains one section at a time; a longer one pushes the conversation out of its window. */
const SECTION_CHARACTERS = 8_000;
/** The preview shows the introduction to everybody, so it must not grow into the chapter. */
const INTRODUCTION_CHARACTERS = 1_500;
/** ChatGPT refuses an Actions response of 100,000 characters or more; the rest is for metadata and navigation. */
const ANSWER_CHARACTERS = 100_000;
const METADATA_CHARACTERS = 5_000;

/** Every mistake in the course as one line naming its file; empty when the course may be published. */
export function findCourseProblems(chapters: readonly ChapterInFile[]): string[] {
  return [
    ...chapters.flatMap(({ file, chapter }) =>
      findChapterProblems(chapter).map((problem) => `${file}: ${problem}`),
    ),
    ...findDuplicateIds(chapters),
    ...findPositionGaps(chapters),
    ...findPrerequisiteProblems(chapters),
    ...findLinkProblems(chapters),
  ];
}

/** The rules that one chapter can be held to alone. */
export function findChapterProblems(chapter: Chapter): string[] {
  const problems: string[] = [];
  const { objectives, sections, introduction } = chapter;
  if (!within(objectives.length, OBJECTIVES))
    problems.push(`has ${objectives.length} objectives, not ${OBJECTIVES.min} to ${OBJECTIVES.max}`);
  if (!within(sections.length, SECTIONS))
    problems.push(`has ${sections.length} sections, not ${SECTIONS.min} to ${SECTIONS.max}`);
  if (introduction === '') problems.push('has no introduction before its first section');
  if (introduction.length > INTRODUCTION_CHARACTERS)
    problems.push(
      `its introduction has ${introduction.length} characters, the limit is ${INTRODUCTION_CHARACTERS}`,
    );
  for (const section of sections) {
    const { length } = toMarkdown(section);
    if (length >= SECTION_CHARACTERS)
      problems.push(`section "${section.id}" has ${length} characters, the limit is ${SECTION_CHARACTERS}`);
  }
  const answer = answerCharacters(chapter);
  if (answer >= ANSWER_CHARACTERS)
    problems.push(
      `the whole chapter makes an answer of ${answer} characters, the limit is ${ANSWER_CHARACTERS}`,
    );
  return problems;
}

// Measured as JSON, where each line break and quotation mark takes two characters.
function answerCharacters({ introduction, sections }: Chapter): number {
  const content = [introduction, ...sections.map(toMarkdown)].join('\n\n');
  return JSON.stringify([introduction, content]).length + METADATA_CHARACTERS;
}

function within(value: number, { min, max }: { min: number; max: number }): boolean {
  return value >= min && value <= max;
}

function findDuplicateIds(chapters: readonly ChapterInFile[]): string[] {
  const problems: string[] = [];
  const firstFile = new Map<string, string>();
  const claim = (file: string, kind: string, id: string) => {
    const key = `${kind} id "${id}"`;
    const first = firstFile.get(key);
    if (first === undefined) firstFile.set(key, file);
    else problems.push(`${file}: ${key} is already used in ${first}`);
  };
  for (const { file, chapter } of chapters) {
    claim(file, 'chapter', chapter.id);
    for (const { id } of chapter.sections) if (id !== '') claim(file, 'section', id);
  }
  return problems;
}

function findPositionGaps(chapters: readonly ChapterInFile[]): string[] {
  const positions = new Set(chapters.map(({ chapter }) => chapter.position));
  return chapters
    .filter(({ chapter: { position } }) => position < 1 || (position > 1 && !positions.has(position - 1)))
    .map(({ file, chapter: { id, position } }) =>
      position < 1
        ? `${file}: id "${id}" gives no position`
        : `${file}: "${id}" has no chapter-${position - 1} before it`,
    );
}

function findPrerequisiteProblems(chapters: readonly ChapterInFile[]): string[] {
  const positionOf = new Map(chapters.map(({ chapter }) => [chapter.id, chapter.position]));
  return chapters.flatMap(({ file, chapter }) =>
    chapter.prerequisites.flatMap((id) => {
      const position = positionOf.get(id);
      if (position === undefined) return [`${file}: prerequisite "${id}" does not exist`];
      return position < chapter.position ? [] : [`${file}: prerequisite "${id}" does not come earlier`];
    }),
  );
}
