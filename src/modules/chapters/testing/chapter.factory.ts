import type { Chapter, Section } from 'src/modules/chapters/course/domain/chapter';

export function aSection(overrides: Partial<Section> = {}): Section {
  return {
    id: 'how-it-works',
    title: 'How it works',
    position: 1,
    body: 'The body of the section.',
    words: 5,
    estimatedMinutes: 1,
    ...overrides,
  };
}

/** A valid chapter with five sections. Ids and bodies contain the chapter id, so that a leak shows its source. */
export function aChapter(overrides: Partial<Chapter> = {}): Chapter {
  const position = overrides.position ?? 1;
  const id = overrides.id ?? `chapter-${position}`;
  return {
    id,
    position,
    title: `Title of ${id}`,
    subtitle: `Subtitle of ${id}`,
    tier: 'free',
    difficulty: 'beginner',
    objectives: ['One', 'Two', 'Three', 'Four'],
    prerequisites: [],
    tags: ['sample'],
    introduction: `Introduction of ${id}.`,
    sections: [1, 2, 3, 4, 5].map((number) =>
      aSection({
        id: `${id}-part-${number}`,
        title: `Part ${number} of ${id}`,
        position: number,
        body: `Secret sentence ${number} of ${id}. Another secret sentence.`,
      }),
    ),
    words: 50,
    estimatedMinutes: 1,
    version: `version-of-${id}`,
    ...overrides,
  };
}

interface FileParts {
  readonly position?: number;
  readonly frontMatter?: Readonly<Record<string, string>>;
  readonly markdown?: string;
}

/** The text of a valid chapter file. */
export function aChapterText({ position = 1, frontMatter = {}, markdown }: FileParts = {}): string {
  const id = `chapter-${position}`;
  const lines = {
    id,
    title: 'A title',
    subtitle: 'A subtitle',
    tier: 'free',
    difficulty: 'beginner',
    objectives: '[One, Two, Three, Four]',
    prerequisites: '[]',
    tags: '[sample]',
    ...frontMatter,
  };
  const sections = [1, 2, 3, 4, 5].map((n) => `## Part ${n} {#${id}-part-${n}}\n\nBody ${n}.`);
  const yaml = Object.entries(lines).map(([key, value]) => `${key}: ${value}`);
  return ['---', ...yaml, '---', '', markdown ?? ['An introduction.', ...sections].join('\n\n'), ''].join(
    '\n',
  );
}
