import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/domain/clock';
import type { SectionInCourse } from 'src/modules/chapters/course/domain/course';
import { creditSeconds, measureSeconds } from './domain/credit-seconds';
import { timeZoneAt } from './domain/facts';
import { toLocalDay } from './domain/local-day';
import { nextChangeAllowedAt } from './domain/time-zone-change';
import { TooManyTimeZoneChangesError } from './learning.errors';
import { LearningRepository } from './persistence/learning.repository';

/** Records what a student did. Serialises the reports of one student. */
@Injectable()
export class StudyRecorder {
  constructor(
    private readonly learning: LearningRepository,
    private readonly clock: Clock,
  ) {}

  /** Records that the student opened this section. Idempotent: keeps the first time and updates the last one. Not an activity. */
  async recordOpening(userId: string, { chapter, section }: SectionInCourse): Promise<void> {
    const visit = { userId, chapterId: chapter.id, sectionId: section.id };
    await this.learning.saveOpening({ ...visit, at: this.clock.now() });
  }

  /**
   * Completes a section and marks the day as active. Idempotent: keeps the time of the first completion. Credits at most the
   * time since the last report, so that a repeated call adds nothing. Without `seconds` it credits the time since the section
   * was opened, see `measureSeconds`.
   */
  async recordStudy(
    userId: string,
    { chapter, section }: SectionInCourse,
    seconds?: number | undefined,
  ): Promise<void> {
    await this.learning.serialised(userId, async (lastReportAt) => {
      const now = this.clock.now();
      const openedAt = await this.learning.findLastOpening(userId, section.id);
      const { estimatedMinutes } = section;
      const spent = seconds ?? measureSeconds({ openedAt, estimatedMinutes, lastReportAt, now });
      const timeZone = timeZoneAt(await this.learning.listTimeZones(userId), now);
      await this.learning.saveStudy({
        userId,
        chapterId: chapter.id,
        sectionId: section.id,
        at: now,
        day: toLocalDay(now, timeZone),
        seconds: creditSeconds({ seconds: spent, lastReportAt, now }),
      });
    });
  }

  /**
   * Applies from now on: past days keep their time zone. `timeZone` must be a valid name. The current time zone changes
   * nothing. Throws TooManyTimeZoneChangesError.
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
