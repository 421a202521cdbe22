import type { Chapter } from 'src/modules/chapters/course/domain/chapter';

export const PROGRESS_STATUSES = ['not_started', 'in_progress', 'completed'] as const;
export type ProgressStatus = (typeof PROGRESS_STATUSES)[number];

/** Section ids of the whole course. */
export interface SectionMarks {
  readonly opened: ReadonlySet<string>;
  readonly completed: ReadonlySet<string>;
}

export interface ChapterProgress {
  readonly status: ProgressStatus;
  /** Opened or completed: completing a section includes opening it. */
  readonly openedSections: number;
  readonly completedSections: number;
  readonly totalSections: number;
  /** Whole percent of completed sections, rounded down: 100 means everything. */
  readonly percent: number;
}

/** Counts only sections of the current course. Ignores completed sections that were removed later. */
export function deriveChapterProgress({ sections }: Chapter, marks: SectionMarks): ChapterProgress {
  const totalSections = sections.length;
  const completedSections = sections.filter(({ id }) => marks.completed.has(id)).length;
  const openedSections = sections.filter(({ id }) => isOpened(id, marks)).length;
  return {
    status: statusOf({ openedSections, completedSections, totalSections }),
    openedSections,
    completedSections,
    totalSections,
    percent: totalSections === 0 ? 0 : Math.floor((completedSections / totalSections) * 100),
  };
}

export function isOpened(sectionId: string, { opened, completed }: SectionMarks): boolean {
  return opened.has(sectionId) || completed.has(sectionId);
}

function statusOf(count: Pick<ChapterProgress, 'openedSections' | 'completedSections' | 'totalSections'>) {
  if (count.openedSections === 0) return 'not_started';
  return count.completedSections === count.totalSections ? 'completed' : 'in_progress';
}
