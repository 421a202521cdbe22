import type { DataSource } from 'typeorm';
import type { Connections } from '../database/simulated-postgres';
import { Random } from '../kernel/random';
import type { StoryLine } from '../kernel/story';
import { Oracle } from '../oracle/oracle';
import { Nature } from './nature';
import { Operator } from './operator';
import { drawProfile } from './profile';
import { ConnectionError } from './server';
import { Student } from './student';
import { readConfig } from './wiring';
import { Violated, World, type Violation } from './world';

export interface ScheduleResult {
  readonly seed: number;
  readonly violation: Violation | undefined;
  readonly traceHash: string;
  readonly steps: number;
  readonly lines: readonly StoryLine[];
  readonly text: () => string;
}

export interface Machinery {
  readonly dataSource: DataSource;
  readonly connections: Connections;
}

const MINUTE = 60_000;
/** Until everything must be done once the troubles are over: attempts of up to ten minutes, a mail's claim of two. */
const REST_WITHIN_MS = 40 * MINUTE;
/** How often something may fall due and not be done then. */
const REST_ROUNDS = 80;

/** Plays one schedule from its seed to rest, or to the first broken promise. */
export async function playSchedule(seed: number, machinery: Machinery): Promise<ScheduleResult> {
  const profile = drawProfile(new Random(seed, 'profile'));
  const config = readConfig({
    DISPATCH_INTERVAL_MS: String(profile.pollMs),
    WEBHOOK_MAX_ATTEMPTS: String(profile.maxAttempts),
    ...(profile.redis === 'absent' ? {} : { REDIS_URL: 'redis://127.0.0.1:1' }),
  });
  const world = new World({ seed, profile, config, ...machinery });
  world.tell('seed', `${seed} ${JSON.stringify(profile)}`);
  try {
    await new Play(world).run();
  } catch (error) {
    if (!(error instanceof Violated)) {
      world.violate(
        'none',
        `the simulation itself failed: ${error instanceof Error ? error.stack : String(error)}`,
      );
    }
  } finally {
    await world.close();
  }
  const { story, violation } = world;
  return {
    seed,
    violation,
    traceHash: story.hash(),
    steps: story.lines.length,
    lines: story.lines,
    text: () => story.toText('without idle polls'),
  };
}

class Play {
  private readonly students: readonly Student[];
  private readonly operator: Operator;
  private readonly nature: Nature;
  private readonly oracle: Oracle;

  constructor(private readonly world: World) {
    this.students = Array.from(
      { length: world.profile.students },
      (_, index) => new Student(world, `student-${index + 1}`),
    );
    this.operator = new Operator(world);
    this.nature = new Nature(world);
    this.oracle = new Oracle(world, this.students, this.operator);
  }

  async run(): Promise<void> {
    await this.open();
    for (let phase = 0; phase < this.world.profile.phases; phase += 1) {
      await this.suffer();
      await this.oracle.checkDead();
      this.heal();
      await this.rest();
      this.failOnViolation();
      await this.oracle.checkAtRest((student) => this.readAccess(student));
      this.failOnViolation();
    }
  }

  /** A time in which everybody acts and everything may go wrong. */
  private async suffer(): Promise<void> {
    const { world, students, operator, nature } = this;
    const { actions } = world.profile;
    world.startTroubles();
    for (const student of students) student.begin(actions);
    operator.begin(Math.ceil(actions / 2), students);
    nature.begin(actions);
    nature.disturbRedis();
    const isOver = () => students.every(({ isDone }) => isDone) && operator.isDone && nature.isDone;
    if (!(await world.runUntil(isOver, 60 * MINUTE))) world.violate('I6', 'somebody waits forever');
  }

  private failOnViolation(): void {
    if (this.world.violation !== undefined) throw new Violated();
  }

  /** Accounts exist before anything goes wrong. */
  private async open(): Promise<void> {
    const { world, students, operator } = this;
    for (const server of world.servers) server.start();
    const registered = Promise.all([operator.register(), ...students.map((student) => student.register())]);
    let isDone = false;
    void registered.then(() => (isDone = true));
    if (!(await world.runUntil(() => isDone, MINUTE))) throw new Error('registering took a minute');
  }

  private heal(): void {
    const { world } = this;
    world.tell('world', 'the troubles are over');
    world.endTroubles();
    for (const server of world.servers) if (!server.isUp) server.start();
    world.deliveries.catchUp();
  }

  /** Runs until nothing is left to do. When all wait for a later moment, that moment comes at once. */
  private async rest(): Promise<void> {
    const { world, operator } = this;
    const { scheduler } = world;
    const deadline = scheduler.nowMs + REST_WITHIN_MS;
    for (let round = 0; round < REST_ROUNDS && scheduler.nowMs < deadline; round += 1) {
      await world.runUntil(() => scheduler.pendingWork === 0, 10 * MINUTE);
      if (world.violation !== undefined) return;
      const due = await this.findNextDue();
      if (due === 'dead') {
        await this.oracle.checkDead();
        let replayed = false;
        void operator.replayDead().then(() => (replayed = true));
        await world.runUntil(() => replayed, 2 * MINUTE);
      } else if (due === undefined) {
        if (world.deliveries.isDone) return;
        await scheduler.step();
      } else {
        scheduler.warpTo(due);
        await this.runABit(world);
      }
    }
    world.violate('I6', `the troubles are long over, and still to be done: ${await this.describeWork()}`);
  }

  private async runABit({ scheduler }: World): Promise<void> {
    // One round of every poll, and what it sets in motion.
    for (let count = 0; count < 20; count += 1) await scheduler.step();
  }

  /** When the next thing falls due, in simulated milliseconds. */
  private async findNextDue(): Promise<number | 'dead' | undefined> {
    const rows = await this.world.postgres.observe<{ due: number | null; dead: boolean }>(`
      SELECT extract(epoch FROM min(at))::float8 * 1000 AS due,
        EXISTS (SELECT 1 FROM webhook_events WHERE status = 'dead') AS dead
      FROM (
        SELECT greatest(e.next_attempt_at, e.next_hint_at, s.leased_until) AS at
          FROM webhook_events e LEFT JOIN subjects s ON s.id = e.subject_id WHERE e.status = 'pending'
        UNION ALL SELECT greatest(next_sync_at, leased_until) FROM subjects WHERE sync_requested > sync_served
        UNION ALL SELECT next_attempt_at FROM outbox WHERE status = 'pending') work`);
    const { due = null, dead = false } = rows[0] ?? {};
    if (due === null && dead) return 'dead';
    return due ?? undefined;
  }

  private async describeWork(): Promise<string> {
    const rows = await this.world.postgres.observe<{ what: string }>(`
      SELECT event_id || ' (' || coalesce(last_error, 'no error') || ')' AS what FROM webhook_events WHERE status = 'pending'
      UNION ALL SELECT 'sync of ' || id FROM subjects WHERE sync_requested > sync_served
      UNION ALL SELECT 'mail ' || key FROM outbox WHERE status = 'pending'`);
    return rows.map(({ what }) => what).join(', ');
  }

  private async readAccess({ userId }: Student) {
    const { world } = this;
    let access: Awaited<ReturnType<typeof ask>> | undefined;
    const ask = () =>
      world.random.pick(world.webs).request(({ entitlements }) => entitlements.getAccess(userId), MINUTE);
    void ask().then(
      (answer) => (access = answer),
      (error: unknown) => {
        if (!(error instanceof ConnectionError)) world.violate('I9', String(error));
      },
    );
    if (!(await world.runUntil(() => access !== undefined, 2 * MINUTE)) || access === undefined) {
      throw new Error('reading the access failed without any trouble');
    }
    return access;
  }
}
