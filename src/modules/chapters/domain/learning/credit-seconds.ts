/** The longest time that one call is believed. */
export const MAX_SECONDS_PER_CALL = 3600;

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
