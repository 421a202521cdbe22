import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';

export interface SectionCompletion {
  readonly userId: string;
  readonly chapterId: string;
  readonly sectionId: string;
  readonly completedAt: Date;
}

@Injectable()
export class ProgressRepository {
  constructor(private readonly database: Database) {}

  /** Idempotent: the first completion keeps its time. */
  async saveCompletion({ userId, chapterId, sectionId, completedAt }: SectionCompletion): Promise<void> {
    await this.database.query(
      `INSERT INTO section_progress (user_id, section_id, chapter_id, completed_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT ON CONSTRAINT section_progress_pkey DO NOTHING`,
      [userId, sectionId, chapterId, completedAt],
    );
  }

  /** Ids of every section this student has completed, whatever chapter holds it today. One range of the primary key. */
  async listCompletedSectionIds(userId: string): Promise<ReadonlySet<string>> {
    const rows = await this.database.query<{ section_id: string }>(
      'SELECT section_id FROM section_progress WHERE user_id = $1',
      [userId],
    );
    return new Set(rows.map((row) => row.section_id));
  }
}
