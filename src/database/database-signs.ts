import { Injectable } from '@nestjs/common';
import { Database } from './database';

/** How the server is doing. */
@Injectable()
export class DatabaseSigns {
  constructor(private readonly database: Database) {}

  async read(): Promise<{ connectionsUsed: number; connections: number; skewMs: number }> {
    const row = await this.database.queryOne<{ used: number; most: number; now: Date }>(
      `SELECT (SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend') AS used,
         current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int AS most,
         clock_timestamp() AS now`,
    );
    if (row === undefined) throw new Error('SELECT returned no row');
    return { connectionsUsed: row.used, connections: row.most, skewMs: row.now.getTime() - Date.now() };
  }
}
