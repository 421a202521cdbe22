/** The longest time that one call is believed. */
export const MAX_SECONDS_PER_CALL = 3600;

/** How much longer than estimated somebody may take over a section before it counts as a break. */
const PATIENCE = 2;

export interface ReportedTime {
  readonly seconds: number;
  /** When this student was last credited with time. */
  readonly lastReportAt: Date | undefined;
  readonly now: Date;
}

/**
 * How much of a reported time is believed: never more than has passed since the last report, so that a repeated call adds
 * nothing and nobody learns for two hours in one.
 */
export function creditSeconds({ seconds, lastReportAt, now }: ReportedTime): number {
  const passed =
    lastReportAt === undefined
      ? MAX_SECONDS_PER_CALL
      : Math.floor((now.getTime() - lastReportAt.getTime()) / 1000);
  return Math.max(0, Math.min(Math.floor(seconds), MAX_SECONDS_PER_CALL, passed));
}

export interface Sitting {
  /** When this section was last opened. */
  readonly openedAt: Date | undefined;
  readonly estimatedMinutes: number;
  readonly lastReportAt: Date | undefined;
  readonly now: Date;
}

/**
 * The time a student took over a section, for a caller that does not know it: from opening to completing, at most twice
 * the estimate, since nobody knows when a break began. Nothing without an opening, and nothing when time has been credited
 * after it, so that completing twice counts one sitting.
 */
export function measureSeconds({ openedAt, estimatedMinutes, lastReportAt, now }: Sitting): number {
  if (openedAt === undefined || (lastReportAt !== undefined && lastReportAt >= openedAt)) return 0;
  const passed = Math.floor((now.getTime() - openedAt.getTime()) / 1000);
  return Math.max(0, Math.min(passed, PATIENCE * estimatedMinutes * 60));
}
