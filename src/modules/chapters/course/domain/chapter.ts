export const TIERS = ['free', 'premium'] as const;
export type Tier = (typeof TIERS)[number];

export const DIFFICULTIES = ['beginner', 'intermediate', 'advanced'] as const;
export type Difficulty = (typeof DIFFICULTIES)[number];

/** The metadata that an author writes above the text. The only source of a chapter's metadata. */
export interface ChapterFrontMatter {
  readonly id: string;
  readonly title: string;
  readonly subtitle: string;
  readonly tier: Tier;
  readonly difficulty: Difficulty;
  readonly objectives: readonly string[];
  /** Ids of the chapters to read first. */
  readonly prerequisites: readonly string[];
  readonly tags: readonly string[];
}

export interface Section {
  /** Unique in the course, because progress is stored under it. */
  readonly id: string;
  readonly title: string;
  /** 1 for the first section of its chapter. */
  readonly position: number;
  /** Markdown below the section's heading. */
  readonly body: string;
  readonly words: number;
  readonly estimatedMinutes: number;
}

export interface Chapter extends ChapterFrontMatter {
  /** 1 for the first chapter; taken from the number in the id. */
  readonly position: number;
  /** Public even where the chapter is premium: it is part of the preview. */
  readonly introduction: string;
  readonly sections: readonly Section[];
  readonly words: number;
  readonly estimatedMinutes: number;
  /** Hash of the file. Equal versions mean equal text. */
  readonly version: string;
}

/** The Markdown of a section as students see it: the heading, then the body. */
export function toMarkdown(section: Pick<Section, 'title' | 'body'>): string {
  return `## ${section.title}\n\n${section.body}`;
}
