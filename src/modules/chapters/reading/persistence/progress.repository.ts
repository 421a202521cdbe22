import { Injectable } from '@nestjs/common';
import type { SessionRead } from 'src/common/http/decorators/reads-with-session.decorator';
import { Database } from 'src/database/database';
import type { SectionMarks } from 'src/modules/chapters/learning/domain/progress';

interface MarkRow {
  readonly section_id: string;
  readonly is_completed: boolean;
}

const load = (userId: string): string =>
  `SELECT section_id, true AS is_completed FROM section_progress WHERE user_id = ${userId}
   UNION ALL SELECT section_id, false FROM section_visits WHERE user_id = ${userId}`;

const LOAD = { name: 'section_marks', text: load('$1') };

/** The same marks for routes that read them with the session. */
export const SECTION_MARKS: SessionRead<SectionMarks> = {
  name: 'section_marks',
  sql: `(SELECT coalesce(json_agg(marks), '[]') FROM (${load('$2')}) marks)`,
  parse: (json) => toMarks(json as MarkRow[]),
};

@Injectable()
export class ProgressRepository {
  constructor(private readonly database: Database) {}

  /** Every section that this student opened or completed. Reads one range of two primary keys. */
  async loadMarks(userId: string): Promise<SectionMarks> {
    return toMarks(await this.database.queryPrepared<MarkRow>(LOAD, [userId]));
  }
}

function toMarks(rows: readonly MarkRow[]): SectionMarks {
  const idsOf = (isCompleted: boolean) =>
    new Set(rows.filter((row) => row.is_completed === isCompleted).map((row) => row.section_id));
  return { completed: idsOf(true), opened: idsOf(false) };
}
