import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../support/wait';
import { FAULTS, type Fault } from './kinds';
import { Load } from './load';
import { findViolations, unfinished } from './oracle';
import { Random } from './random';
import { World } from './world';

const setting = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);
const seed = setting('CHAOS_SEED', 1);
const count = setting('CHAOS_FAULTS', 0);
const rate = setting('CHAOS_RATE', 20);

const STUDENTS = 8;
const LONGEST_MS = 3000;
/** From the end of a fault until an event that arrives then is finished. */
const RECOVERY_MS = 20_000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Every kind once, or so many at random. */
function plan(random: Random): Fault[] {
  if (count === 0) return random.shuffle(FAULTS);
  return Array.from({ length: count }, () => random.pick(FAULTS));
}

describe(`chaos with seed ${seed}`, () => {
  let world: World;

  beforeAll(async () => {
    world = await World.start();
  }, 120_000);
  afterAll(() => world.stop(), 60_000);

  /** How long an event takes that arrives when the fault is over, sent as often as it needs. */
  async function measureRecovery(load: Load, id: string): Promise<number> {
    const started = performance.now();
    await eventually(
      async () => {
        if (!load.ledger.acknowledged.includes(id)) await load.send(id, `cus_${id}`);
        const rows = await world.sql(
          'SELECT 1 FROM webhook_events WHERE event_id = $1 AND processed_at IS NOT NULL',
          [id],
        );
        expect(rows).toHaveLength(1);
      },
      { timeoutMs: RECOVERY_MS, intervalMs: 50 },
    );
    return performance.now() - started;
  }

  it(
    'loses nothing, doubles nothing, and everyone who paid is premium',
    async () => {
      const random = new Random(seed);
      const load = new Load(world, random);
      await load.enrol(STUDENTS);
      load.start(rate);
      const recoveries: { readonly fault: string; readonly ms: number }[] = [];
      try {
        for (const [index, fault] of plan(random).entries()) {
          await fault.inject(world);
          await sleep(random.between(300, LONGEST_MS));
          await fault.heal(world);
          const ms = await measureRecovery(load, `evt_probe_${index}`);
          recoveries.push({ fault: fault.name, ms });
          say(`${String(Math.round(ms)).padStart(6)} ms  ${fault.name}`);
        }
      } finally {
        await load.stop();
      }
      await eventually(async () => expect(await unfinished(world)).toEqual([]), {
        timeoutMs: 60_000,
        intervalMs: 250,
      });
      let violations: string[] = [];
      await eventually(
        async () => {
          violations = await findViolations(world, load);
          expect(violations).toEqual([]);
        },
        { timeoutMs: 30_000, intervalMs: 1000 },
      ).catch(() => undefined);

      const { acknowledged, sent, purchases, changes } = load.ledger;
      const sorted = recoveries.map(({ ms }) => ms).sort((a, b) => a - b);
      const at = (share: number) => Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0);
      say(
        `seed ${seed}: ${recoveries.length} faults, ${sent} events sent, ${new Set(acknowledged).size} acknowledged, ` +
          `${purchases} purchases, ${changes} changes; recovery p50 ${at(0.5)} ms, p99 ${at(0.99)} ms; ` +
          `${violations.length} violations`,
      );
      expect(violations).toEqual([]);
      expect(acknowledged.length).toBeGreaterThan(0);
      expect(purchases).toBeGreaterThan(0);
    },
    24 * 3_600_000,
  );
});
