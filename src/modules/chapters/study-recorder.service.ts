import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/domain/clock';
import type { SectionInCourse } from './domain/course';
import { creditSeconds } from './domain/learning/credit-seconds';
import { timeZoneAt } from './domain/learning/facts';
import { toLocalDay } from './domain/learning/local-day';
import { nextChangeAllowedAt } from './domain/learning/time-zone-change';
import { TooManyTimeZoneChangesError } from './learning.errors';
import { LearningRepository } from './persistence/learning.repository';

/** Writes down what a student did. Everything of one student happens one after the other. */
@Injectable()
export class StudyRecorder {
  constructor(
    private readonly learning: LearningRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Completes a section and marks the day as active. Idempotent: the first completion keeps its time, and of `seconds` no
   * more is credited than has passed since the last report, so that a repeated call adds nothing.
   */
  async recordStudy(userId: string, { chapter, section }: SectionInCourse, seconds = 0): Promise<void> {
    await this.learning.serialised(userId, async (lastReportAt) => {
      const now = this.clock.now();
      const timeZone = timeZoneAt(await this.learning.listTimeZones(userId), now);
      await this.learning.saveStudy({
        userId,
        chapterId: chapter.id,
        sectionId: section.id,
        at: now,
        day: toLocalDay(now, timeZone),
        seconds: creditSeconds({ seconds, lastReportAt, now }),
      });
    });
  }

  /**
   * Holds from now on: days that are past keep the zone they were lived in. `timeZone` must be a valid name. Naming the
   * present zone changes nothing. Throws TooManyTimeZoneChangesError.
   */
  async setTimeZone(userId: string, timeZone: string): Promise<void> {
    await this.learning.serialised(userId, async () => {
      const now = this.clock.now();
      const periods = await this.learning.listTimeZones(userId);
      if (timeZoneAt(periods, now) === timeZone) return;
      const allowedAt = nextChangeAllowedAt(periods, now);
      if (allowedAt !== undefined) throw new TooManyTimeZoneChangesError({ until: allowedAt, now });
      await this.learning.saveTimeZone(userId, { since: now, timeZone });
    });
  }
}
