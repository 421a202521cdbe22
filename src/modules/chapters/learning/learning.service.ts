import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/domain/clock';
import { CourseService } from 'src/modules/chapters/course/course.service';
import { QuizResults } from 'src/modules/chapters/quizzes/quiz-results';
import { deriveAchievements, type Achievement } from './domain/achievements';
import { deriveActivityDays, timeZoneAt, type LearningFacts } from './domain/facts';
import {
  deriveCoursePercent,
  deriveLearnedChapters,
  findResumePoint,
  type LearnedChapter,
  type SectionPlace,
} from './domain/learned-chapter';
import { toLocalDay } from './domain/local-day';
import { deriveStreak, type Streak } from './domain/streak';
import { LearningRepository } from './persistence/learning.repository';

export interface Learned {
  readonly facts: LearningFacts;
  /** In the order of the course. */
  readonly chapters: readonly LearnedChapter[];
}

export interface CourseProgress extends Learned {
  /** Whole percent of all sections and quizzes. */
  readonly percent: number;
  readonly resume: SectionPlace | undefined;
  readonly streak: Streak;
  readonly timeZone: string;
  readonly achievements: readonly Achievement[];
}

/** The progress of a student. Read-only: reading progress does not count as activity. */
@Injectable()
export class LearningService {
  constructor(
    private readonly content: CourseService,
    private readonly learning: LearningRepository,
    private readonly quizzes: QuizResults,
    private readonly clock: Clock,
  ) {}

  async loadLearned(userId: string): Promise<Learned> {
    const [stored, attempts] = await Promise.all([
      this.learning.load(userId),
      this.quizzes.listAttempts(userId),
    ]);
    const facts = { ...stored, attempts };
    return { facts, chapters: deriveLearnedChapters(this.content.course.chapters, facts) };
  }

  async getProgress(userId: string): Promise<CourseProgress> {
    const { facts, chapters } = await this.loadLearned(userId);
    const now = this.clock.now();
    const timeZone = timeZoneAt(facts.timeZones, now);
    const activity = deriveActivityDays(facts);
    return {
      facts,
      chapters,
      percent: deriveCoursePercent(chapters),
      resume: findResumePoint(chapters),
      streak: deriveStreak(
        activity.map(({ day }) => day),
        toLocalDay(now, timeZone),
      ),
      timeZone,
      achievements: deriveAchievements({
        learned: chapters,
        sections: facts.sections,
        attempts: facts.attempts,
        activity,
      }),
    };
  }
}
