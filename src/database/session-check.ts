import { setTimeout as sleep } from 'node:timers/promises';
import { DeadlineClient, endClient } from './deadline-client';

const POOLER =
  'DATABASE_URL leads to a connection pooler that does not keep sessions (PgBouncer in transaction mode): ' +
  'use the address of PostgreSQL itself, or a pool in session mode';
const NOTIFICATION_MS = 2000;
// With the settings of the pools, which a pooler in transaction mode refuses.
const OPTIONS = { connectionTimeoutMillis: 2000, statement_timeout: 3000, deadlineMs: 3500 };

/**
 * Throws when DATABASE_URL leads to a pooler that does not keep sessions: without LISTEN, events and emails would wait
 * for polls, and prepared statements would fail. Costs one query unless there is a pooler.
 */
export async function assertSessionsAreKept(connectionString: string): Promise<void> {
  const listener = new DeadlineClient({ connectionString, ...OPTIONS });
  const sender = new DeadlineClient({ connectionString, ...OPTIONS });
  for (const client of [listener, sender]) client.on('error', () => undefined);
  try {
    await listener.connect();
    if (await isDirect(listener)) return;
    const channel = `session_check_${process.pid}_${Date.now()}`;
    const received = new Promise((resolve) => listener.once('notification', () => resolve(true)));
    await listener.query(`LISTEN ${channel}`);
    await sender.connect();
    await sender.query(`NOTIFY ${channel}`);
    const result = await Promise.race([received, sleep(NOTIFICATION_MS, false, { ref: false })]);
    if (result !== true) throw new Error(POOLER);
  } catch (error) {
    if (error instanceof Error && /unsupported startup parameter/i.test(error.message))
      throw new Error(POOLER);
    throw error;
  } finally {
    await Promise.all([endClient(listener), endClient(sender)]);
  }
}

/** A pooler answers with a process id of its own in the protocol. */
async function isDirect(client: DeadlineClient): Promise<boolean> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return rows[0]?.pid === (client as unknown as { processID: number | null }).processID;
}
