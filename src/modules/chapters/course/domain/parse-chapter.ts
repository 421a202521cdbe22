import type { Chapter, ChapterFrontMatter, Section } from './chapter';
import { countWords, deriveMinutes } from './reading-time';
import { splitSections, type RawSection } from './split-sections';

export interface ChapterSource {
  readonly frontMatter: ChapterFrontMatter;
  /** Everything below the front matter. */
  readonly markdown: string;
  readonly version: string;
}

export interface ParsedChapter {
  readonly chapter: Chapter;
  /** What the author has to fix. Empty when the chapter is valid. */
  readonly problems: readonly string[];
}

const SECTION_ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Returns a chapter even for invalid text, so that one run can check all other rules. */
export function parseChapter({ frontMatter, markdown, version }: ChapterSource): ParsedChapter {
  const split = splitSections(markdown);
  const sections = split.sections.map(toSection);
  const words = countWords(split.introduction) + sections.reduce((sum, section) => sum + section.words, 0);
  const problems = split.sections.flatMap(sectionProblems);
  if (split.openFence) problems.push('a code fence is opened and never closed');
  if (split.hasTopHeading) problems.push('has a "# " heading; the title comes from the front matter');
  return {
    chapter: {
      ...frontMatter,
      position: positionOf(frontMatter.id),
      introduction: split.introduction,
      sections,
      words,
      estimatedMinutes: deriveMinutes(words),
      version,
    },
    problems,
  };
}

/** 4 for "chapter-4"; 0 for an id without a number, which the course validator reports as a gap. */
function positionOf(chapterId: string): number {
  return Number(/^chapter-(\d+)$/.exec(chapterId)?.[1] ?? 0);
}

function toSection(raw: RawSection, index: number): Section {
  const words = countWords(raw.title) + countWords(raw.body);
  return {
    id: raw.id ?? '',
    title: raw.title,
    position: index + 1,
    body: raw.body,
    words,
    estimatedMinutes: deriveMinutes(words),
  };
}

function sectionProblems(raw: RawSection): string[] {
  const problems: string[] = [];
  if (raw.id === undefined)
    problems.push(`section "${raw.title}" has no id: write "## ${raw.title} {#some-id}"`);
  else if (!SECTION_ID.test(raw.id))
    problems.push(`section id "${raw.id}" is not lower-case words joined by "-"`);
  if (raw.title === '') problems.push(`section "${raw.id ?? ''}" has no title`);
  if (raw.body === '') problems.push(`section "${raw.title}" is empty`);
  return problems;
}
