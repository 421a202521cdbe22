import { z } from 'zod';
import { TIERS } from 'src/modules/chapters/course/domain/chapter';
import { MAX_SECONDS_PER_CALL } from 'src/modules/chapters/learning/domain/credit-seconds';
import { isTimeZone } from 'src/modules/chapters/learning/domain/local-day';
import { progressSchema } from './chapter-progress.schema';

// An absent member does not apply. ChatGPT's Actions documents do not support null.

const count = z.int().min(0).max(1_000_000);
const seconds = z.int().min(0).max(1_000_000_000);
const percent = z.int().min(0).max(100);
const moment = z.iso.datetime();
const day = z.iso.date().describe("In the student's time zone");

export const completeSectionSchema = z
  .object({
    seconds: z
      .int()
      .min(0)
      .max(MAX_SECONDS_PER_CALL)
      .optional()
      .describe(
        'Seconds that the student spent on it. Leave it out if you do not know; the time since openSection counts then.',
      ),
  })
  .prefault({});
export type CompleteSectionBody = z.output<typeof completeSectionSchema>;

export const setTimeZoneSchema = z.object({
  time_zone: z
    .string()
    .refine(isTimeZone, 'is not the name of a time zone, such as Europe/Berlin')
    .describe('IANA name, for example Europe/Berlin'),
});
export type SetTimeZoneBody = z.output<typeof setTimeZoneSchema>;

export const streakSchema = z.object({
  time_zone: z.string().describe('Days begin and end at midnight in this time zone'),
  current_days: count,
  longest_days: count,
  active_today: z.boolean().describe('False while there is no activity today'),
  freeze_available: z.boolean().describe('A freeze covers one missed day per week (Monday to Sunday)'),
  frozen_days: z.array(day).describe('Missed days of this streak that a freeze covered'),
  last_active_day: day.optional(),
});
export type StreakResponse = z.infer<typeof streakSchema>;

const attemptSchema = z.object({ submitted_at: moment, score_percent: percent, passed: z.boolean() });

const chapterReportSchema = z.object({
  id: z.string(),
  title: z.string(),
  access_tier: z.enum(TIERS),
  user_progress: progressSchema,
  sections: z
    .array(
      z.object({
        id: z.string(),
        first_opened_at: moment.optional(),
        last_opened_at: moment.optional(),
        completed_at: moment.optional(),
        seconds_spent: seconds,
      }),
    )
    .describe('Sections that were opened or completed'),
  seconds_spent: seconds,
  completed_at: moment.optional().describe('When the last section was completed'),
  quiz: z.object({
    passed: z.boolean(),
    passed_at: moment.optional(),
    best_percent: percent.optional(),
    attempt_count: count,
    recent_attempts: z.array(attemptSchema).describe('Newest first, at most ten'),
  }),
});
export type ChapterReportResponse = z.infer<typeof chapterReportSchema>;

export const progressReportSchema = z.object({
  percent: percent.describe('Of all sections and quizzes, rounded down'),
  sections: z.object({ completed: count, total: count }),
  quizzes: z.object({ passed: count, total: count }),
  seconds_spent: seconds,
  resume: z
    .object({
      chapter_id: z.string(),
      chapter_title: z.string(),
      access_tier: z.enum(TIERS),
      section_id: z.string(),
      section_title: z.string(),
    })
    .optional()
    .describe(
      'Where to continue: the last opened section that is not completed, else the next one; absent when every section is completed',
    ),
  chapters: z.array(chapterReportSchema),
  streak: streakSchema,
  achievements: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      rule: z.string(),
      earned: z.boolean(),
      earned_at: moment.optional(),
    }),
  ),
});
export type ProgressReportResponse = z.infer<typeof progressReportSchema>;
