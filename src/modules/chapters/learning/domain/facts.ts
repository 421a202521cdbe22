import type { QuizAttemptFact } from 'src/modules/chapters/quizzes/domain/quiz-attempt-fact';
import { DEFAULT_TIME_ZONE, toLocalDay, type LocalDay } from './local-day';

export interface SectionFact {
  readonly chapterId: string;
  readonly sectionId: string;
  readonly completedAt: Date;
  /** Credited time, see `creditSeconds`. */
  readonly seconds: number;
}

export interface VisitFact {
  readonly chapterId: string;
  readonly sectionId: string;
  readonly firstOpenedAt: Date;
  readonly lastOpenedAt: Date;
}

/** Valid until the next period begins. */
export interface TimeZonePeriod {
  readonly since: Date;
  readonly timeZone: string;
}

/** A day on which the student learned, in the time zone at that moment. */
export interface ActivityDay {
  readonly day: LocalDay;
  /** The first activity of the day. */
  readonly at: Date;
}

/** All stored facts about one student's learning. */
export interface LearningFacts {
  /** Completed sections. */
  readonly sections: readonly SectionFact[];
  /** Opened sections, completed or not. Opening a section does not count as activity. */
  readonly visits: readonly VisitFact[];
  readonly attempts: readonly QuizAttemptFact[];
  readonly timeZones: readonly TimeZonePeriod[];
  /** Days on which sections were completed, for the first time or again. */
  readonly studyDays: readonly ActivityDay[];
}

export function timeZoneAt(periods: readonly TimeZonePeriod[], at: Date): string {
  const begun = periods.filter(({ since }) => since <= at);
  const latest = begun.reduce<TimeZonePeriod | undefined>(
    (best, period) => (best === undefined || period.since >= best.since ? period : best),
    undefined,
  );
  return latest?.timeZone ?? DEFAULT_TIME_ZONE;
}

/**
 * Days with a completed section or a submitted quiz, oldest first, each once. A day belongs to the student's time zone at that
 * moment. A later change of the time zone does not change past days.
 */
export function deriveActivityDays({
  sections,
  attempts,
  timeZones,
  studyDays,
}: LearningFacts): ActivityDay[] {
  const moments = [...sections.map((one) => one.completedAt), ...attempts.map((one) => one.submittedAt)];
  const all = [
    ...studyDays,
    ...moments.map((at) => ({ day: toLocalDay(at, timeZoneAt(timeZones, at)), at })),
  ];
  const byDay = new Map<LocalDay, ActivityDay>();
  for (const one of all) {
    const known = byDay.get(one.day);
    if (known === undefined || one.at < known.at) byDay.set(one.day, one);
  }
  return [...byDay.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
}
