export const TIERS = ['free', 'premium'] as const;
export type Tier = (typeof TIERS)[number];

export const DIFFICULTIES = ['beginner', 'intermediate', 'advanced'] as const;
export type Difficulty = (typeof DIFFICULTIES)[number];

/** What an author writes above the text. The only source of a chapter's metadata. */
export interface ChapterFrontMatter {
  readonly id: string;
  readonly title: string;
  readonly subtitle: string;
  readonly tier: Tier;
  readonly difficulty: Difficulty;
  readonly objectives: readonly string[];
  /** Ids of chapters to read before this one. */
  readonly prerequisites: readonly string[];
  readonly tags: readonly string[];
}

export interface Section {
  /** Unique in the whole course: progress is recorded under it. */
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
  /** Hash of the file: two answers with the same version come from the same text. */
  readonly version: string;
}

/** A section's Markdown as it is shown: its heading, then its body. */
export function toMarkdown(section: Pick<Section, 'title' | 'body'>): string {
  return `## ${section.title}\n\n${section.body}`;
}
