import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import type { SectionMarks } from 'src/modules/chapters/learning/domain/progress';

interface MarkRow {
  readonly section_id: string;
  readonly is_completed: boolean;
}

@Injectable()
export class ProgressRepository {
  constructor(private readonly database: Database) {}

  /** Every section that this student opened or completed. Reads one range of two primary keys. */
  async loadMarks(userId: string): Promise<SectionMarks> {
    const rows = await this.database.query<MarkRow>(
      `SELECT section_id, true AS is_completed FROM section_progress WHERE user_id = $1
       UNION ALL SELECT section_id, false FROM section_visits WHERE user_id = $1`,
      [userId],
    );
    const idsOf = (isCompleted: boolean) =>
      new Set(rows.filter((row) => row.is_completed === isCompleted).map((row) => row.section_id));
    return { completed: idsOf(true), opened: idsOf(false) };
  }
}
