import type { Achievement } from 'src/modules/chapters/learning/domain/achievements';
import type { QuizAttemptFact } from 'src/modules/chapters/quizzes/domain/quiz-attempt-fact';
import type {
  LearnedChapter,
  LearnedSection,
  SectionPlace,
} from 'src/modules/chapters/learning/domain/learned-chapter';
import type { CourseProgress } from 'src/modules/chapters/learning/learning.service';
import { toProgressResponse } from './chapter-progress.view';
import type { ChapterReportResponse, ProgressReportResponse, StreakResponse } from './progress-report.schema';

const ATTEMPTS_LISTED = 10;

export function toProgressReportResponse(progress: CourseProgress): ProgressReportResponse {
  const { chapters, percent, resume, achievements, facts } = progress;
  const sum = (of: (one: LearnedChapter) => number) => chapters.reduce((total, one) => total + of(one), 0);
  return {
    percent,
    sections: {
      completed: sum((one) => one.progress.completedSections),
      total: sum((one) => one.progress.totalSections),
    },
    quizzes: { passed: sum(({ quiz }) => (quiz.passedAt ? 1 : 0)), total: chapters.length },
    seconds_spent: sum(({ secondsSpent }) => secondsSpent),
    ...(resume && { resume: toResume(resume) }),
    chapters: chapters.map((one) => toChapterReport(one, facts.attempts)),
    streak: toStreakResponse(progress),
    achievements: achievements.map(toAchievement),
  };
}

export function toStreakResponse({
  streak,
  timeZone,
}: Pick<CourseProgress, 'streak' | 'timeZone'>): StreakResponse {
  return {
    time_zone: timeZone,
    current_days: streak.currentDays,
    longest_days: streak.longestDays,
    active_today: streak.isActiveToday,
    freeze_available: streak.isFreezeAvailable,
    frozen_days: [...streak.frozenDays],
    ...(streak.lastActiveDay && { last_active_day: streak.lastActiveDay }),
  };
}

function toResume({ chapter, section }: SectionPlace) {
  return {
    chapter_id: chapter.id,
    chapter_title: chapter.title,
    access_tier: chapter.tier,
    section_id: section.id,
    section_title: section.title,
  };
}

function toChapterReport(
  { chapter, progress, sections, secondsSpent, readAt, quiz }: LearnedChapter,
  attempts: readonly QuizAttemptFact[],
): ChapterReportResponse {
  const own = attempts.filter(({ chapterId }) => chapterId === chapter.id);
  return {
    id: chapter.id,
    title: chapter.title,
    access_tier: chapter.tier,
    user_progress: toProgressResponse(progress),
    sections: sections.map(toLearnedSection),
    seconds_spent: secondsSpent,
    ...(readAt && { completed_at: readAt.toISOString() }),
    quiz: {
      passed: quiz.passedAt !== undefined,
      ...(quiz.passedAt && { passed_at: quiz.passedAt.toISOString() }),
      ...(quiz.bestPercent === undefined ? {} : { best_percent: quiz.bestPercent }),
      attempt_count: quiz.attempts,
      recent_attempts: own
        .slice(-ATTEMPTS_LISTED)
        .reverse()
        .map(({ submittedAt, scorePercent, isPassed }) => ({
          submitted_at: submittedAt.toISOString(),
          score_percent: scorePercent,
          passed: isPassed,
        })),
    },
  };
}

function toLearnedSection({ section, firstOpenedAt, lastOpenedAt, completedAt, seconds }: LearnedSection) {
  return {
    id: section.id,
    ...(firstOpenedAt && { first_opened_at: firstOpenedAt.toISOString() }),
    ...(lastOpenedAt && { last_opened_at: lastOpenedAt.toISOString() }),
    ...(completedAt && { completed_at: completedAt.toISOString() }),
    seconds_spent: seconds,
  };
}

function toAchievement({ id, title, rule, earnedAt }: Achievement) {
  return {
    id,
    title,
    rule,
    earned: earnedAt !== undefined,
    ...(earnedAt && { earned_at: earnedAt.toISOString() }),
  };
}
