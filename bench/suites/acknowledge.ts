import { WEBHOOK_SECRET } from '../../test/support/config';
import { createTestDatabase, type TestDatabase } from '../../test/support/database';
import { ownRedis } from '../../test/support/own-redis';
import type { Bench, Figure, SuiteResult } from '../bench';
import { events, IGNORED_TYPE, Ours } from '../ours';
import type { PeerName } from '../peers/peer-options';
import { NaiveInbox } from '../peers/naive-inbox';
import { Peer } from '../peers/peer';
import { p99, perSecond, processedPerSecond, Rounds, type Contender } from '../rounds';

const NAIVE = 'naive: TypeORM insert, await bull.add';
const NAIVE_WITH_WORKER = 'naive, its worker running';
const VERIFY = 'bare Nest: verify the signature';
const SYNC_ENGINE = '@supabase/stripe-sync-engine';
const OURS = 'ours, no worker';
const OURS_WITH_WORKER = 'ours, worker running';

/** From the first byte of a signed event to a 200: ours beside other ways to write a webhook. */
export async function measureAcknowledging(bench: Bench): Promise<SuiteResult> {
  const world = new World();
  try {
    const contenders = [...(await world.startPeers()), ...(await world.startOurs())];
    const rounds = await new Rounds(bench).run(contenders);
    return {
      name: 'webhook: 4 kB, signed, unique',
      measured: rounds.summaries(),
      figures: toFigures(rounds),
    };
  } finally {
    await world.close();
  }
}

/** Everything that runs beside each other. Who is not measured has nothing to do. */
class World {
  private readonly closing: (() => Promise<unknown>)[] = [];

  async startPeers(): Promise<Contender[]> {
    const redis = await ownRedis();
    this.closing.push(() => redis.stop());
    const start = (name: PeerName, database: TestDatabase) => this.startPeer(name, database.url, redis.url);
    const bare = await start('bare', await this.newDatabase());
    const naive = await start('naive', await this.newDatabase());
    const syncEngine = await start('sync-engine', await this.newDatabase());
    const database = await this.newDatabase();
    const naiveWithWorker = await start('naive', database);
    await start('naive-worker', database);
    const inbox = await NaiveInbox.open(database.url);
    this.closing.push(() => inbox.close());
    return [
      { name: 'bare Nest: read the bytes', port: bare, requests: events('/echo') },
      { name: VERIFY, port: bare, requests: events('/verify') },
      { name: NAIVE, port: naive, requests: events('/webhook') },
      { name: SYNC_ENGINE, port: syncEngine, requests: events('/webhook') },
      { name: NAIVE_WITH_WORKER, port: naiveWithWorker, requests: events('/webhook'), ...inbox.progress },
    ];
  }

  async startOurs(): Promise<Contender[]> {
    const ours = await Ours.start({ workers: 0 });
    this.closing.push(() => ours.stop());
    const withWorker = await Ours.start({ workers: 1 });
    this.closing.push(() => withWorker.stop());
    return [
      ours.acknowledging(OURS),
      ours.acknowledging('ours, a type that is ignored', { type: IGNORED_TYPE }),
      withWorker.acknowledging(OURS_WITH_WORKER, { hasWorker: true }),
    ];
  }

  async close(): Promise<void> {
    for (const close of this.closing.toReversed()) await close();
  }

  private async startPeer(name: PeerName, databaseUrl: string, redisUrl: string): Promise<number> {
    const options = { databaseUrl, redisUrl, webhookSecret: WEBHOOK_SECRET, publicKey: '', chapter: '' };
    const peer = await Peer.start({ name, ...options });
    this.closing.push(() => Promise.resolve(peer.stop()));
    return peer.port;
  }

  private async newDatabase(): Promise<TestDatabase> {
    const database = await createTestDatabase({ migrated: false });
    this.closing.push(() => database.drop());
    return database;
  }
}

function toFigures(rounds: Rounds): Figure[] {
  const ratio = (name: string, of: [string, string], pick: typeof perSecond) => ({
    name,
    values: rounds.ratios(...of, pick),
  });
  const higher = { better: 'higher' as const };
  return [
    { ...ratio('acknowledged, ours / naive', [OURS, NAIVE], perSecond), ...higher, goal: 3, gate: 0.5 },
    { ...ratio('p99, ours / naive', [OURS, NAIVE], p99), better: 'lower', goal: 1 / 3, gate: 2.5 },
    {
      ...ratio('with workers: acknowledged, ours / naive', [OURS_WITH_WORKER, NAIVE_WITH_WORKER], perSecond),
      ...higher,
      goal: 1.5,
      gate: 0.3,
    },
    {
      ...ratio(
        'with workers: processed, ours / naive',
        [OURS_WITH_WORKER, NAIVE_WITH_WORKER],
        processedPerSecond,
      ),
      ...higher,
      goal: 1,
    },
    {
      ...ratio('acknowledged, ours / verify only', [OURS, VERIFY], perSecond),
      ...higher,
      goal: 0.5,
      gate: 0.08,
    },
    {
      ...ratio('acknowledged, ours / sync engine', [OURS, SYNC_ENGINE], perSecond),
      ...higher,
      goal: 5,
      gate: 0.5,
    },
  ];
}
