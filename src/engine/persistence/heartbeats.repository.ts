import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';

/** All times are the database's. */
@Injectable()
export class HeartbeatsRepository {
  constructor(private readonly database: Database) {}

  async beat(processId: string): Promise<void> {
    await this.database.query(
      `WITH beat AS (
         INSERT INTO worker_heartbeats (process_id) VALUES ($1)
         ON CONFLICT (process_id) DO UPDATE SET beat_at = now())
       DELETE FROM worker_heartbeats WHERE beat_at < now() - interval '1 day' AND process_id <> $1`,
      [processId],
    );
  }

  async remove(processId: string): Promise<void> {
    await this.database.query(`DELETE FROM worker_heartbeats WHERE process_id = $1`, [processId]);
  }

  /** Undefined: no worker has run within a day. */
  async findSilenceMs(): Promise<number | undefined> {
    const row = await this.database.queryOne<{ silence: number | null }>(
      `SELECT (extract(epoch FROM now() - max(beat_at)) * 1000)::float8 AS silence FROM worker_heartbeats`,
    );
    return row?.silence ?? undefined;
  }
}
