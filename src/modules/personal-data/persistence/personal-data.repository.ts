import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import type { ExportedTable } from 'src/modules/personal-data/domain/exported-table';

export type ExportedRow = Readonly<Record<string, unknown>>;

/** Reads across the tables of all modules, by the lists of `domain/`. Their texts are constant. */
@Injectable()
export class PersonalDataRepository {
  constructor(private readonly database: Database) {}

  /** Times in what is read until the open transaction ends are UTC. */
  async useUtc(): Promise<void> {
    await this.database.query(`SET LOCAL TimeZone TO 'UTC'`);
  }

  async read({ table, ofUser, columns }: ExportedTable, userId: string): Promise<readonly ExportedRow[]> {
    const row = await this.database.queryOne<{ rows: ExportedRow[] }>(
      `SELECT coalesce(json_agg(t), '[]') AS rows FROM (SELECT ${columns.join(', ')} FROM ${table} WHERE ${ofUser}) t`,
      [userId],
    );
    return row?.rows ?? [];
  }
}
