import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import type {
  ActivityDay,
  SectionFact,
  TimeZonePeriod,
  VisitFact,
} from 'src/modules/chapters/learning/domain/facts';

export interface Study {
  readonly userId: string;
  readonly chapterId: string;
  readonly sectionId: string;
  readonly at: Date;
  /** The student's calendar day at that moment. */
  readonly day: string;
  /** Credited time. */
  readonly seconds: number;
}

export type Opening = Pick<Study, 'userId' | 'chapterId' | 'sectionId' | 'at'>;

export interface StoredLearning {
  readonly sections: readonly SectionFact[];
  readonly visits: readonly VisitFact[];
  readonly timeZones: readonly TimeZonePeriod[];
  readonly studyDays: readonly ActivityDay[];
}

interface SectionRow {
  readonly section_id: string;
  readonly chapter_id: string;
  readonly completed_at: Date;
  readonly seconds: number;
}

interface VisitRow {
  readonly section_id: string;
  readonly chapter_id: string;
  readonly first_opened_at: Date;
  readonly last_opened_at: Date;
}

@Injectable()
export class LearningRepository {
  constructor(private readonly database: Database) {}

  /** Runs `work` under a lock on this student. */
  async serialised<T>(userId: string, work: (timeReportedAt: Date | undefined) => Promise<T>): Promise<T> {
    return this.database.transaction(async () => {
      await this.database.query('INSERT INTO learners (user_id) VALUES ($1) ON CONFLICT DO NOTHING', [
        userId,
      ]);
      const row = await this.database.queryOne<{ time_reported_at: Date | null }>(
        'SELECT time_reported_at FROM learners WHERE user_id = $1 FOR UPDATE',
        [userId],
      );
      return work(row?.time_reported_at ?? undefined);
    });
  }

  /** Keeps the time of the first completion and adds the credited time. Call it inside `serialised`. */
  async saveStudy({ userId, chapterId, sectionId, at, day, seconds }: Study): Promise<void> {
    await this.database.query(
      `INSERT INTO section_progress (user_id, section_id, chapter_id, completed_at, seconds)
       VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT ON CONSTRAINT section_progress_pkey
       DO UPDATE SET seconds = section_progress.seconds + excluded.seconds`,
      [userId, sectionId, chapterId, at, seconds],
    );
    await this.database.query(
      `INSERT INTO study_days (user_id, day, first_at) VALUES ($1, $2, $3)
       ON CONFLICT ON CONSTRAINT study_days_pkey DO NOTHING`,
      [userId, day, at],
    );
    if (seconds > 0)
      await this.database.query('UPDATE learners SET time_reported_at = $2 WHERE user_id = $1', [userId, at]);
  }

  /** Keeps the time of the first opening. The time of the last opening never moves back, in any order of concurrent calls. */
  async saveOpening({ userId, chapterId, sectionId, at }: Opening): Promise<void> {
    await this.database.query(
      `INSERT INTO section_visits (user_id, section_id, chapter_id, first_opened_at, last_opened_at)
       VALUES ($1, $2, $3, $4, $4)
       ON CONFLICT ON CONSTRAINT section_visits_pkey
       DO UPDATE SET last_opened_at = greatest(section_visits.last_opened_at, excluded.last_opened_at)`,
      [userId, sectionId, chapterId, at],
    );
  }

  async findLastOpening(userId: string, sectionId: string): Promise<Date | undefined> {
    const row = await this.database.queryOne<{ last_opened_at: Date }>(
      'SELECT last_opened_at FROM section_visits WHERE user_id = $1 AND section_id = $2',
      [userId, sectionId],
    );
    return row?.last_opened_at;
  }

  async saveTimeZone(userId: string, { since, timeZone }: TimeZonePeriod): Promise<void> {
    await this.database.query(
      `INSERT INTO learner_time_zones (user_id, since, time_zone) VALUES ($1, $2, $3)
       ON CONFLICT ON CONSTRAINT learner_time_zones_pkey DO UPDATE SET time_zone = excluded.time_zone`,
      [userId, since, timeZone],
    );
  }

  /** Oldest first. */
  async listTimeZones(userId: string): Promise<TimeZonePeriod[]> {
    const rows = await this.database.query<{ since: Date; time_zone: string }>(
      'SELECT since, time_zone FROM learner_time_zones WHERE user_id = $1 ORDER BY since',
      [userId],
    );
    return rows.map((row) => ({ since: row.since, timeZone: row.time_zone }));
  }

  /** Reads ranges of four primary keys. */
  async load(userId: string): Promise<StoredLearning> {
    const [sections, visits, timeZones, studyDays] = await Promise.all([
      this.listSections(userId),
      this.listVisits(userId),
      this.listTimeZones(userId),
      this.database.query<{ day: string; first_at: Date }>(
        'SELECT day, first_at FROM study_days WHERE user_id = $1 ORDER BY day',
        [userId],
      ),
    ]);
    return {
      sections,
      visits,
      timeZones,
      studyDays: studyDays.map((row) => ({ day: row.day, at: row.first_at })),
    };
  }

  private async listSections(userId: string): Promise<SectionFact[]> {
    const rows = await this.database.query<SectionRow>(
      `SELECT section_id, chapter_id, completed_at, seconds FROM section_progress
       WHERE user_id = $1 ORDER BY completed_at, section_id`,
      [userId],
    );
    return rows.map((row) => ({
      sectionId: row.section_id,
      chapterId: row.chapter_id,
      completedAt: row.completed_at,
      seconds: row.seconds,
    }));
  }

  private async listVisits(userId: string): Promise<VisitFact[]> {
    const rows = await this.database.query<VisitRow>(
      `SELECT section_id, chapter_id, first_opened_at, last_opened_at FROM section_visits
       WHERE user_id = $1 ORDER BY first_opened_at, section_id`,
      [userId],
    );
    return rows.map((row) => ({
      sectionId: row.section_id,
      chapterId: row.chapter_id,
      firstOpenedAt: row.first_opened_at,
      lastOpenedAt: row.last_opened_at,
    }));
  }
}
