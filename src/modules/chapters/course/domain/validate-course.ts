import { toMarkdown, type Chapter } from './chapter';
import { findLinkProblems } from './find-link-problems';

export interface ChapterInFile {
  readonly file: string;
  readonly chapter: Chapter;
}

const SECTIONS = { min: 5, max: 7 };
const OBJECTIVES = { min: 4, max: 6 };
/** ChatGPT explains one section at a time. A longer section pushes the conversation out of its context window. */
const SECTION_CHARACTERS = 8_000;
/** The introduction is public because the preview shows it, so its length is limited. */
const INTRODUCTION_CHARACTERS = 1_500;
/** ChatGPT rejects an Actions response of 100,000 characters or more. The rest is left for metadata and navigation. */
const ANSWER_CHARACTERS = 100_000;
const METADATA_CHARACTERS = 5_000;

/** Every mistake in the course, one line each with the file name. Empty when the course is valid. */
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

/** Rules that concern a single chapter. */
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

// Measured as JSON, in which each line break and quotation mark has two characters.
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
