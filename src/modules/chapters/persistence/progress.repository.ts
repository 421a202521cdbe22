import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';

@Injectable()
export class ProgressRepository {
  constructor(private readonly database: Database) {}

  /** Ids of every section this student has completed, whatever chapter holds it today. One range of the primary key. */
  async listCompletedSectionIds(userId: string): Promise<ReadonlySet<string>> {
    const rows = await this.database.query<{ section_id: string }>(
      'SELECT section_id FROM section_progress WHERE user_id = $1',
      [userId],
    );
    return new Set(rows.map((row) => row.section_id));
  }
}
