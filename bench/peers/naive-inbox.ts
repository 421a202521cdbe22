import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { Contender } from '../rounds';

const SETTLE_MS = 120_000;

/** What the worker of the naive peer has done. */
export class NaiveInbox {
  private constructor(private readonly client: Client) {}

  static async open(databaseUrl: string): Promise<NaiveInbox> {
    const client = new Client({ connectionString: databaseUrl });
    client.on('error', () => undefined);
    await client.connect();
    return new NaiveInbox(client);
  }

  get progress(): Pick<Contender, 'countProcessed' | 'settle'> {
    return { countProcessed: () => this.count('IS NOT NULL'), settle: () => this.settle() };
  }

  close(): Promise<void> {
    return this.client.end();
  }

  private async settle(): Promise<void> {
    const deadline = performance.now() + SETTLE_MS;
    while ((await this.count('IS NULL')) > 0) {
      if (performance.now() > deadline) throw new Error('events of the naive peer are still waiting');
      await sleep(50);
    }
  }

  private async count(condition: string): Promise<number> {
    const sql = `SELECT count(*) AS count FROM naive_events WHERE processed_at ${condition}`;
    return Number((await this.client.query<{ count: string }>(sql)).rows[0]?.count);
  }
}
