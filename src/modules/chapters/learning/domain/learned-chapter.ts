import type { Chapter, Section } from 'src/modules/chapters/course/domain/chapter';
import type { QuizAttemptFact } from 'src/modules/chapters/quizzes/domain/quiz-attempt-fact';
import { deriveChapterProgress, type ChapterProgress } from './progress';
import type { LearningFacts } from './facts';

/** A section that the student has opened or completed. */
export interface LearnedSection {
  readonly section: Section;
  /** Undefined when the section was completed without being opened. */
  readonly firstOpenedAt: Date | undefined;
  readonly lastOpenedAt: Date | undefined;
  readonly completedAt: Date | undefined;
  /** Credited time. */
  readonly seconds: number;
}

export interface QuizStanding {
  readonly attempts: number;
  readonly bestPercent: number | undefined;
  /** The time of the first passed attempt. */
  readonly passedAt: Date | undefined;
  readonly lastAttemptAt: Date | undefined;
}

/** One chapter of the current course with the student's progress in it. */
export interface LearnedChapter {
  readonly chapter: Chapter;
  readonly progress: ChapterProgress;
  /** The sections that the student opened or completed, in the order of the chapter. */
  readonly sections: readonly LearnedSection[];
  readonly secondsSpent: number;
  readonly quiz: QuizStanding;
  /** When the last section was completed. Undefined while a section is not completed. */
  readonly readAt: Date | undefined;
  /** When all sections and the quiz were done. */
  readonly doneAt: Date | undefined;
  readonly lastWorkedAt: Date | undefined;
}

export interface SectionPlace {
  readonly chapter: Chapter;
  readonly section: Section;
}

/** In the order of the course. Ignores sections that the course no longer has. */
export function deriveLearnedChapters(chapters: readonly Chapter[], facts: LearningFacts): LearnedChapter[] {
  return chapters.map((chapter) => {
    const sections = deriveLearnedSections(chapter, facts);
    const completedAt = sections.map((one) => one.completedAt);
    const progress = deriveChapterProgress(chapter, {
      opened: idsOf(sections),
      completed: idsOf(sections.filter((one) => one.completedAt !== undefined)),
    });
    const quiz = deriveQuizStanding(facts.attempts.filter(({ chapterId }) => chapterId === chapter.id));
    const readAt = progress.status === 'completed' ? latest(completedAt) : undefined;
    return {
      chapter,
      progress,
      sections,
      secondsSpent: sections.reduce((sum, { seconds }) => sum + seconds, 0),
      quiz,
      readAt,
      doneAt: readAt && quiz.passedAt && latest([readAt, quiz.passedAt]),
      lastWorkedAt: latest([
        ...completedAt,
        ...sections.map(({ lastOpenedAt }) => lastOpenedAt),
        quiz.lastAttemptAt,
      ]),
    };
  });
}

function deriveLearnedSections({ sections }: Chapter, facts: LearningFacts): LearnedSection[] {
  const completionOf = new Map(facts.sections.map((fact) => [fact.sectionId, fact]));
  const visitOf = new Map(facts.visits.map((fact) => [fact.sectionId, fact]));
  return sections.flatMap((section) => {
    const [completion, visit] = [completionOf.get(section.id), visitOf.get(section.id)];
    if (completion === undefined && visit === undefined) return [];
    return [
      {
        section,
        firstOpenedAt: visit?.firstOpenedAt,
        lastOpenedAt: visit?.lastOpenedAt,
        completedAt: completion?.completedAt,
        seconds: completion?.seconds ?? 0,
      },
    ];
  });
}

function idsOf(sections: readonly LearnedSection[]): ReadonlySet<string> {
  return new Set(sections.map(({ section }) => section.id));
}

/** Sections and quizzes have the same weight. Whole percent, rounded down: 100 means everything. */
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

/**
 * Where to continue in a chapter: the last opened section that is not completed, else the first section that is not.
 * Undefined when all are completed.
 */
export function findSectionToContinue({ chapter, sections }: LearnedChapter): Section | undefined {
  const begun = sections.filter((one) => one.completedAt === undefined);
  const openedLast = latest(begun.map(({ lastOpenedAt }) => lastOpenedAt));
  const place = begun.find(({ lastOpenedAt }) => lastOpenedAt === openedLast);
  if (place !== undefined) return place.section;
  const completed = idsOf(sections);
  return chapter.sections.find(({ id }) => !completed.has(id));
}

/**
 * Where the student continues: in the chapter of the last activity, then in the next chapters, then in those before it.
 * Undefined when every section is completed.
 */
export function findResumePoint(learned: readonly LearnedChapter[]): SectionPlace | undefined {
  for (const one of inOrderOfWork(learned)) {
    const section = findSectionToContinue(one);
    if (section !== undefined) return { chapter: one.chapter, section };
  }
  return undefined;
}

/** The chapter of the last activity, then the chapters after it, then those before it. */
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

/** Undefined for an empty list. Ignores undefined entries. */
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
