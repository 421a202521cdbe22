import type { Chapter } from './chapter';

export const PROGRESS_STATUSES = ['not_started', 'in_progress', 'completed'] as const;
export type ProgressStatus = (typeof PROGRESS_STATUSES)[number];

export interface ChapterProgress {
  readonly status: ProgressStatus;
  readonly completedSections: number;
  readonly totalSections: number;
  /** Whole percent, rounded down: 100 means everything. */
  readonly percent: number;
}

/** Counts only sections that the course has today: what was completed and later removed moves nothing. */
export function deriveChapterProgress(chapter: Chapter, completed: ReadonlySet<string>): ChapterProgress {
  const totalSections = chapter.sections.length;
  const completedSections = chapter.sections.filter(({ id }) => completed.has(id)).length;
  return {
    status: statusOf(completedSections, totalSections),
    completedSections,
    totalSections,
    percent: totalSections === 0 ? 0 : Math.floor((completedSections / totalSections) * 100),
  };
}

function statusOf(completed: number, total: number): ProgressStatus {
  if (completed === 0) return 'not_started';
  return completed === total ? 'completed' : 'in_progress';
}
