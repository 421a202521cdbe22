import { setTimeout as sleep } from 'node:timers/promises';
import { SCALES, type Bench, type Figure, type SuiteResult } from '../bench';
import { events, HANDLED_TYPE, Ours, WEBHOOK_PATH } from '../ours';
import { measureNoopQueue } from '../peers/noop-queue';

const SUBSCRIBERS = 10;
const NOTHING = { p50: Number.NaN, p99: Number.NaN };

interface Rates {
  readonly noop: number[];
  readonly foreign: number[];
  readonly own: number[];
}

interface Latency {
  readonly p50: number;
  readonly p99: number;
}

/** What one worker does: events a second beside Bull's own limit, and the time from a stored event to its effect. */
export async function measureProcessing(bench: Bench): Promise<SuiteResult> {
  const isQuick = bench.scale.rounds <= SCALES.quick.rounds;
  const ours = await Ours.start({ workers: 1, env: { LOG_LEVEL: 'warn' } });
  try {
    await ours.enrol(SUBSCRIBERS);
    await ours.settle();
    const slow = await measureChanges(ours, 50, isQuick ? 2 : 8);
    const fast = isQuick ? NOTHING : await measureChanges(ours, 200, 8);
    await ours.stack.kill('worker', 'SIGTERM');
    const rates: Rates = { noop: [], foreign: [], own: [] };
    const jobs = isQuick ? 600 : 3000;
    for (let round = 0; round < bench.scale.rounds; round++)
      await measureRound({ bench, ours, rates, jobs, round });
    return { name: 'one worker', measured: [], figures: toFigures(rates, { slow, fast, isQuick }) };
  } finally {
    await ours.stop();
  }
}

async function measureRound(run: {
  readonly bench: Bench;
  readonly ours: Ours;
  readonly rates: Rates;
  readonly jobs: number;
  readonly round: number;
}): Promise<void> {
  const { bench, ours, rates, jobs, round } = run;
  const customers = await ours.query<{ id: string }>(
    'SELECT stripe_customer_id AS id FROM users WHERE stripe_customer_id IS NOT NULL',
  );
  rates.noop.push(await measureNoopQueue(ours.stack.redisUrl ?? '', `noop-${round}`, jobs));
  rates.foreign.push(await drain(bench, ours, { jobs }));
  rates.own.push(await drain(bench, ours, { jobs, customers: customers.map(({ id }) => id) }));
}

/** Events a second that a worker processes which finds all of them waiting. */
async function drain(
  { generator, connections }: Bench,
  ours: Ours,
  { jobs, customers }: { readonly jobs: number; readonly customers?: readonly string[] },
): Promise<number> {
  const { failed, answered } = await generator.run({
    port: ours.port,
    connections,
    durationMs: 60_000,
    warmUpMs: 0,
    ratePerSecond: 2000,
    count: jobs,
    requests: events(WEBHOOK_PATH, HANDLED_TYPE, customers),
  });
  if (failed > 0 || answered < jobs) throw new Error(`${failed} of ${jobs} events failed`);
  const worker = await ours.stack.startWorker();
  await ours.settle();
  await ours.stack.kill(worker, 'SIGTERM');
  const [row] = await ours.query<{ rate: number }>(
    `SELECT count(*) / greatest(extract(epoch FROM max(processed_at) - min(processed_at)), 0.001)::float8 AS rate
     FROM (SELECT processed_at FROM webhook_events WHERE processed_at IS NOT NULL ORDER BY id DESC LIMIT $1) newest`,
    [jobs],
  );
  return row?.rate ?? Number.NaN;
}

/** Real changes of real subscriptions at the sandbox, which sends the events itself. */
async function measureChanges(ours: Ours, perSecond: number, seconds: number): Promise<Latency> {
  const subscriptions = await ours.query<{ id: string }>('SELECT id FROM subscriptions ORDER BY id');
  const [start] = await ours.query<{ now: string }>('SELECT now()::text AS now');
  const changes: Promise<unknown>[] = [];
  const startedAt = performance.now();
  for (let n = 0; n < perSecond * seconds; n++) {
    await sleep(Math.max(0, startedAt + (n * 1000) / perSecond - performance.now()));
    const { id } = subscriptions[n % subscriptions.length] ?? { id: '' };
    changes.push(ours.stripe.subscriptions.update(id, { metadata: { n: String(n) } }));
  }
  await Promise.all(changes);
  await sleep(500);
  await ours.settle();
  const [row] = await ours.query<Latency>(
    `SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) AS p50, percentile_cont(0.99) WITHIN GROUP (ORDER BY ms) AS p99
     FROM (SELECT extract(epoch FROM processed_at - received_at)::float8 * 1000 AS ms FROM webhook_events
           WHERE received_at > $1 AND status = 'processed') changes`,
    [start?.now],
  );
  return row ?? NOTHING;
}

function toFigures(
  { noop, foreign, own }: Rates,
  { slow, fast, isQuick }: { readonly slow: Latency; readonly fast: Latency; readonly isQuick: boolean },
): Figure[] {
  const ratio = (name: string, rates: readonly number[], { goal, gate }: { goal: number; gate: number }) => ({
    name,
    values: rates.map((rate, round) => rate / (noop[round] ?? Number.NaN)),
    better: 'higher' as const,
    goal,
    gate,
  });
  const rate = (name: string, values: readonly number[]): Figure => ({
    name,
    values,
    better: 'higher',
    goal: 0,
  });
  const ms = (name: string, value: number, goal: number): Figure => ({
    name,
    values: [value],
    better: 'lower',
    goal,
  });
  return [
    rate('Bull without work, jobs a second', noop),
    rate('events of strangers a second', foreign),
    rate('events of subscribers a second', own),
    ratio('events of strangers / Bull without work', foreign, { goal: 0.4, gate: 0.018 }),
    ratio('events of subscribers / Bull without work', own, { goal: 0.2, gate: 0.02 }),
    ms('stored to processed, 50 changes a second, p50 ms', slow.p50, 8),
    ms('stored to processed, 50 changes a second, p99 ms', slow.p99, 40),
    ...(isQuick
      ? []
      : [
          ms('stored to processed, 200 changes a second, p50 ms', fast.p50, 15),
          ms('stored to processed, 200 changes a second, p99 ms', fast.p99, 80),
        ]),
  ];
}
