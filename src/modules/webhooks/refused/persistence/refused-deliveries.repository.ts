import { Injectable } from '@nestjs/common';
import { IngestDatabase } from 'src/database/ingest-database';

const KEPT_DAYS = 30;

/** Bounded: one row per cause and five minutes, for thirty days. */
@Injectable()
export class RefusedDeliveriesRepository {
  constructor(private readonly database: IngestDatabase) {}

  async add(counts: ReadonlyMap<string, number>): Promise<void> {
    await this.database.query(
      `INSERT INTO refused_deliveries (cause, period, count, last_at)
       SELECT cause, date_bin('5 minutes', now(), 'epoch'), count, now()
       FROM unnest($1::text[], $2::bigint[]) AS refused (cause, count)
       ON CONFLICT (cause, period) DO UPDATE SET
         count = refused_deliveries.count + excluded.count, last_at = excluded.last_at`,
      [[...counts.keys()], [...counts.values()]],
    );
    await this.database.query(`DELETE FROM refused_deliveries WHERE period < now() - $1 * interval '1 day'`, [
      KEPT_DAYS,
    ]);
  }
}
