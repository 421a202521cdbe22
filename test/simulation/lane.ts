/** One process that plays one schedule after the other on a database of its own; the parent hands out the seeds. */
import { openSync, writeSync } from 'node:fs';
import { Backend } from './database/backends';
import type { Connections } from './database/simulated-postgres';
import { realNowMs } from './kernel/globals';
import { playSchedule } from './world/schedule';
import { openDataSource, quietLogs, readConfig } from './world/wiring';

export interface LaneRequest {
  readonly seed: number;
  readonly withText: boolean;
}

export interface LaneReply {
  readonly seed: number;
  readonly traceHash: string;
  readonly steps: number;
  readonly ms: number;
  readonly violation: { readonly invariant: string; readonly what: string } | undefined;
  readonly text: string | undefined;
}

/** More than any schedule uses at once: three workers, a web process and what they abandoned. */
const SPARE_CONNECTIONS = 72;

async function startLane(url: string, clock: string): Promise<void> {
  const config = { connectionString: url };
  const observer = await Backend.open(config);
  const free: Backend[] = [];
  for (let count = 0; count < SPARE_CONNECTIONS; count += 1) free.unshift(await Backend.open(config));
  quietLogs();
  const dataSource = await openDataSource(readConfig({}));
  const connections = { observer, free, setClock: openClock(clock), touchedTables: new Set<string>() };

  process.on('message', ({ seed, withText }: LaneRequest) => {
    const started = realNowMs();
    void reset(connections)
      .then(() => playSchedule(seed, { dataSource, connections }))
      .then(({ violation, traceHash, steps, text }) => {
        const story = withText || violation !== undefined ? text() : undefined;
        const reply: LaneReply = {
          seed,
          traceHash,
          steps,
          ms: realNowMs() - started,
          violation,
          text: story,
        };
        process.send?.(reply);
      })
      .catch((error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
        process.exit(1);
      });
  });
  // Without its parent nobody asks for more.
  process.on('disconnect', () => process.exit());
  process.send?.('ready');
}

/**
 * Truncates what has rows: only in new files are plans and the order of rows the same for the same seed. Nearly every
 * table refers to `users`, so truncating that one would empty all; its few rows are only ever found by their keys.
 */
async function reset({
  observer,
  touchedTables,
}: Pick<Connections, 'observer' | 'touchedTables'>): Promise<void> {
  const tables = [...touchedTables].filter((table) => table !== 'users').sort();
  const truncate = tables.length === 0 ? '' : `TRUNCATE ${tables.join(', ')} RESTART IDENTITY CASCADE;`;
  await observer.runScript(
    `SET session_replication_role = replica; ${truncate} DELETE FROM users; SELECT setval('public.simulated_chance', 0)`,
  );
  touchedTables.clear();
}

function openClock(path: string): (ms: number) => void {
  const file = openSync(path, 'r+');
  let shown = -1;
  return (ms) => {
    if (ms !== shown) writeSync(file, String(ms), 0);
    shown = ms;
  };
}

const [url = '', clock = ''] = process.argv.slice(2);
void startLane(url, clock);
