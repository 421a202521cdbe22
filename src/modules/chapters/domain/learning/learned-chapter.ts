import type { Chapter, Section } from 'src/modules/chapters/domain/chapter';
import { deriveChapterProgress, type ChapterProgress } from 'src/modules/chapters/domain/progress';
import type { LearningFacts, QuizAttemptFact } from './facts';

export interface QuizStanding {
  readonly attempts: number;
  readonly bestPercent: number | undefined;
  /** When it was passed for the first time. */
  readonly passedAt: Date | undefined;
  readonly lastAttemptAt: Date | undefined;
}

/** One chapter of today's course and what the student has done in it. */
export interface LearnedChapter {
  readonly chapter: Chapter;
  readonly progress: ChapterProgress;
  readonly completedSectionIds: ReadonlySet<string>;
  readonly secondsSpent: number;
  readonly quiz: QuizStanding;
  /** When the last of its sections was completed; undefined while one is open. */
  readonly readAt: Date | undefined;
  /** When everything was done: all sections and the quiz. */
  readonly doneAt: Date | undefined;
  readonly lastWorkedAt: Date | undefined;
}

export interface SectionPlace {
  readonly chapter: Chapter;
  readonly section: Section;
}

/** In the order of the course. Sections that the course no longer has move nothing. */
export function deriveLearnedChapters(chapters: readonly Chapter[], facts: LearningFacts): LearnedChapter[] {
  const factOf = new Map(facts.sections.map((fact) => [fact.sectionId, fact]));
  return chapters.map((chapter) => {
    const done = chapter.sections.flatMap(({ id }) => factOf.get(id) ?? []);
    const completedSectionIds = new Set(done.map(({ sectionId }) => sectionId));
    const progress = deriveChapterProgress(chapter, completedSectionIds);
    const quiz = deriveQuizStanding(facts.attempts.filter(({ chapterId }) => chapterId === chapter.id));
    const readAt = progress.status === 'completed' ? latest(done.map((fact) => fact.completedAt)) : undefined;
    return {
      chapter,
      progress,
      completedSectionIds,
      secondsSpent: done.reduce((sum, { seconds }) => sum + seconds, 0),
      quiz,
      readAt,
      doneAt: readAt && quiz.passedAt && latest([readAt, quiz.passedAt]),
      lastWorkedAt: latest([...done.map((fact) => fact.completedAt), quiz.lastAttemptAt]),
    };
  });
}

/** Sections and quizzes count alike. Whole percent, rounded down: 100 means everything. */
export function deriveCoursePercent(learned: readonly LearnedChapter[]): number {
  const total = learned.reduce((sum, { progress }) => sum + progress.totalSections + 1, 0);
  const done = learned.reduce(
    (sum, { progress, quiz }) => sum + progress.completedSections + (quiz.passedAt === undefined ? 0 : 1),
    0,
  );
  return total === 0 ? 0 : Math.floor((done / total) * 100);
}

export function findLastWorked(learned: readonly LearnedChapter[]): LearnedChapter | undefined {
  return learned.reduce<LearnedChapter | undefined>((best, one) => {
    if (one.lastWorkedAt === undefined) return best;
    return best?.lastWorkedAt === undefined || one.lastWorkedAt >= best.lastWorkedAt ? one : best;
  }, undefined);
}

export function findOpenSection({ chapter, completedSectionIds }: LearnedChapter): Section | undefined {
  return chapter.sections.find(({ id }) => !completedSectionIds.has(id));
}

/**
 * "Continue where I stopped": the first open section of the chapter worked on last; when that is read, of the next one,
 * and from the end of the course round to its beginning. Undefined when every section has been completed.
 */
export function findResumePoint(learned: readonly LearnedChapter[]): SectionPlace | undefined {
  for (const one of inOrderOfWork(learned)) {
    const section = findOpenSection(one);
    if (section !== undefined) return { chapter: one.chapter, section };
  }
  return undefined;
}

/** The chapter worked on last, those behind it, then those before it. */
export function inOrderOfWork(learned: readonly LearnedChapter[]): LearnedChapter[] {
  const last = findLastWorked(learned);
  const start = last === undefined ? 0 : learned.indexOf(last);
  return [...learned.slice(start), ...learned.slice(0, start)];
}

function deriveQuizStanding(attempts: readonly QuizAttemptFact[]): QuizStanding {
  const passed = attempts.filter(({ isPassed }) => isPassed);
  return {
    attempts: attempts.length,
    bestPercent:
      attempts.length === 0 ? undefined : Math.max(...attempts.map(({ scorePercent }) => scorePercent)),
    passedAt: earliest(passed.map(({ submittedAt }) => submittedAt)),
    lastAttemptAt: latest(attempts.map(({ submittedAt }) => submittedAt)),
  };
}

/** Undefined for none. Entries that are undefined are left out. */
export function latest(dates: readonly (Date | undefined)[]): Date | undefined {
  return pick(dates, (a, b) => a > b);
}

export function earliest(dates: readonly (Date | undefined)[]): Date | undefined {
  return pick(dates, (a, b) => a < b);
}

function pick(dates: readonly (Date | undefined)[], isBetter: (a: Date, b: Date) => boolean) {
  return dates.reduce<Date | undefined>(
    (best, date) => (date !== undefined && (best === undefined || isBetter(date, best)) ? date : best),
    undefined,
  );
}
