import { z } from 'zod';
import { TIERS } from 'src/modules/chapters/course/domain/chapter';
import { MAX_SECONDS_PER_CALL } from 'src/modules/chapters/learning/domain/credit-seconds';
import { isTimeZone } from 'src/modules/chapters/learning/domain/local-day';
import { progressSchema } from './chapter-progress.schema';

// Absent means "does not apply": ChatGPT's documents do not know null.

const count = z.int().min(0).max(1_000_000);
const seconds = z.int().min(0).max(1_000_000_000);
const percent = z.int().min(0).max(100);
const moment = z.iso.datetime();
const day = z.iso.date().describe("On the student's calendar");

export const completeSectionSchema = z
  .object({
    seconds: z
      .int()
      .min(0)
      .max(MAX_SECONDS_PER_CALL)
      .optional()
      .describe(
        'How long the student worked on it. If you do not know, leave it out: the time since openSection counts.',
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
  time_zone: z.string().describe('Days begin and end at midnight here'),
  current_days: count,
  longest_days: count,
  active_today: z.boolean().describe('False while today still has to be earned'),
  freeze_available: z.boolean().describe('One missed day a week (Monday to Sunday) is bridged'),
  frozen_days: z.array(day).describe('Missed days of this run that a freeze has bridged'),
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
    .describe('Those that were opened or completed'),
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
      'Where to continue: the section opened last and not completed, else the next one; absent when every section has been completed',
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
