/** The longest time that one call can report. */
export const MAX_SECONDS_PER_CALL = 3600;

/** Beyond this multiple of the estimate, the student was probably taking a break. */
const PATIENCE = 2;

export interface ReportedTime {
  readonly seconds: number;
  /** When time was last credited to this student. */
  readonly lastReportAt: Date | undefined;
  readonly now: Date;
}

/**
 * The part of a reported time that is credited: at most the time since the last report. A repeated call therefore adds nothing,
 * and nobody gets two hours of credit in one hour.
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
 * The time that a student spent on a section, when the caller does not know it: from opening to completing, at most twice the
 * estimate, because breaks are not known. Zero without an opening, and zero when time was credited after the opening, so that
 * completing twice counts once.
 */
export function measureSeconds({ openedAt, estimatedMinutes, lastReportAt, now }: Sitting): number {
  if (openedAt === undefined || (lastReportAt !== undefined && lastReportAt >= openedAt)) return 0;
  const passed = Math.floor((now.getTime() - openedAt.getTime()) / 1000);
  return Math.max(0, Math.min(passed, PATIENCE * estimatedMinutes * 60));
}
