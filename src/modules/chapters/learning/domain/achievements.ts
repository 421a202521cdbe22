import { DIFFICULTIES, type Difficulty } from 'src/modules/chapters/course/domain/chapter';
import type { QuizAttemptFact } from 'src/modules/chapters/quizzes/domain/quiz-attempt-fact';
import type { ActivityDay, SectionFact } from './facts';
import { earliest, latest, type LearnedChapter } from './learned-chapter';
import { findDayOfStreak } from './streak';

export interface AchievementFacts {
  readonly learned: readonly LearnedChapter[];
  readonly sections: readonly SectionFact[];
  readonly attempts: readonly QuizAttemptFact[];
  readonly activity: readonly ActivityDay[];
}

export interface Achievement {
  readonly id: string;
  readonly title: string;
  /** What the student has to do, as text. */
  readonly rule: string;
  /** Undefined while it is not earned. */
  readonly earnedAt: Date | undefined;
}

interface Rule extends Omit<Achievement, 'earnedAt'> {
  readonly earnedAt: (facts: AchievementFacts) => Date | undefined;
}

const RULES: readonly Rule[] = [
  {
    id: 'first_section',
    title: 'First step',
    rule: 'Complete a section.',
    earnedAt: ({ sections }) => earliest(sections.map(({ completedAt }) => completedAt)),
  },
  {
    id: 'first_chapter',
    title: 'First chapter',
    rule: 'Complete every section of a chapter.',
    earnedAt: ({ learned }) => earliest(learned.map(({ readAt }) => readAt)),
  },
  {
    id: 'first_quiz',
    title: 'Put to the test',
    rule: 'Pass a quiz.',
    earnedAt: ({ learned }) => earliest(learned.map(({ quiz }) => quiz.passedAt)),
  },
  {
    id: 'perfect_quiz',
    title: 'Full marks',
    rule: 'Score 100 percent in a quiz.',
    earnedAt: ({ attempts }) =>
      earliest(
        attempts.filter(({ scorePercent }) => scorePercent === 100).map(({ submittedAt }) => submittedAt),
      ),
  },
  {
    id: 'comeback',
    title: 'Comeback',
    rule: 'Pass a quiz that you failed before.',
    earnedAt: ({ attempts }) => earliest(attempts.filter(isComeback(attempts)).map((one) => one.submittedAt)),
  },
  {
    id: 'free_half',
    title: 'Foundations',
    rule: 'Complete every free chapter.',
    earnedAt: ({ learned }) => allRead(learned.filter(({ chapter }) => chapter.tier === 'free')),
  },
  {
    id: 'premium_half',
    title: 'Beyond the basics',
    rule: 'Complete every premium chapter.',
    earnedAt: ({ learned }) => allRead(learned.filter(({ chapter }) => chapter.tier === 'premium')),
  },
  ...DIFFICULTIES.map(toLevelRule),
  {
    id: 'all_quizzes',
    title: 'Nothing left to ask',
    rule: 'Pass the quiz of every chapter.',
    earnedAt: ({ learned }) => whenAll(learned.map(({ quiz }) => quiz.passedAt)),
  },
  toStreakRule(3, 'Warming up'),
  toStreakRule(7, 'A week of learning'),
  toStreakRule(30, 'A month of learning'),
  {
    id: 'course_complete',
    title: 'Course complete',
    rule: 'Complete every section and pass every quiz.',
    earnedAt: ({ learned }) => whenAll(learned.map(({ doneAt }) => doneAt)),
  },
];

/**
 * Every achievement, earned or not, in a fixed order. Derived from the facts and not stored, so none can be awarded twice or
 * lost. Later activity never changes a date.
 */
export function deriveAchievements(facts: AchievementFacts): Achievement[] {
  return RULES.map(({ id, title, rule, earnedAt }) => ({ id, title, rule, earnedAt: earnedAt(facts) }));
}

function toLevelRule(level: Difficulty): Rule {
  return {
    id: `level_${level}`,
    title: `Level reached: ${level}`,
    rule: `Complete every ${level} chapter.`,
    earnedAt: ({ learned }) => allRead(learned.filter(({ chapter }) => chapter.difficulty === level)),
  };
}

function toStreakRule(days: number, title: string): Rule {
  return {
    id: `streak_${days}`,
    title,
    rule: `Learn on ${days} days in a row. One missed day per week does not break the streak.`,
    earnedAt: ({ activity }) => {
      const reached = findDayOfStreak(
        activity.map(({ day }) => day),
        days,
      );
      return activity.find(({ day }) => day === reached)?.at;
    },
  };
}

function isComeback(attempts: readonly QuizAttemptFact[]): (attempt: QuizAttemptFact) => boolean {
  return ({ chapterId, isPassed, submittedAt }) => {
    const earlier = attempts.filter((one) => one.chapterId === chapterId && one.submittedAt < submittedAt);
    return isPassed && earlier.length > 0 && earlier.every((one) => !one.isPassed);
  };
}

function allRead(chapters: readonly LearnedChapter[]): Date | undefined {
  return whenAll(chapters.map(({ readAt }) => readAt));
}

/** Undefined for an empty list: a course without such chapters has no such achievement. */
function whenAll(dates: readonly (Date | undefined)[]): Date | undefined {
  return dates.every((date) => date !== undefined) ? latest(dates) : undefined;
}
