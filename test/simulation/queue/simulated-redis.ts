import type { SimProcess } from '../kernel/process';
import type { Random } from '../kernel/random';
import type { Scheduler } from '../kernel/scheduler';
import type { Story } from '../kernel/story';

/**
 * `lying`: the scripts are gone, so a bulk add resolves although every reply in it is NOSCRIPT, and nothing runs.
 * `refusing`: each write is refused (read-only, full). `down`: no connection.
 */
export type RedisMode = 'up' | 'lying' | 'refusing' | 'down';

export interface RedisFaults {
  readonly typicalMs: number;
  readonly jobLost: number;
  readonly jobDoubled: number;
}

export const NO_REDIS_FAULTS: RedisFaults = { typicalMs: 1, jobLost: 0, jobDoubled: 0 };

export interface JobOptions {
  readonly jobId?: string | number;
  readonly delay?: number;
  readonly attempts?: number;
  readonly backoff?: unknown;
  readonly removeOnComplete?: unknown;
  readonly removeOnFail?: unknown;
}

export interface SimulatedJob {
  readonly id: string;
  readonly name: string;
  readonly data: unknown;
  readonly opts: JobOptions;
  attemptsMade: number;
  stalls: number;
  state: 'waiting' | 'delayed' | 'active' | 'kept';
  timestamp: number;
}

export interface Consumer {
  readonly process: SimProcess;
  /** Undefined: takes every name. */
  readonly jobName: string | undefined;
  readonly concurrency: number;
  active: number;
  readonly handle: (job: SimulatedJob) => Promise<unknown>;
  /** What the queue's backoff strategy says, in milliseconds; negative: give up. */
  readonly backoffMs: (job: SimulatedJob, error: unknown) => number;
}

// As src/queue sets them for Bull.
const LOCK_MS = 5000;
const STALLED_CHECK_MS = 2000;
const MAX_STALLS = 1;

/** What Bull does with Redis, as far as it can be seen from outside: at least once, and forgetful. */
export class SimulatedRedis {
  mode: RedisMode = 'up';
  faults = NO_REDIS_FAULTS;
  /** Jobs that were not added, because their id was taken. */
  readonly ignoredIds: string[] = [];
  private readonly jobs = new Map<string, SimulatedJob>();
  private consumers: Consumer[] = [];
  private nextId = 1;

  constructor(
    private readonly scheduler: Scheduler,
    private readonly random: Random,
    private readonly story: Story,
  ) {}

  get accepts(): boolean {
    return this.mode === 'up';
  }

  setMode(mode: RedisMode): void {
    if (mode === this.mode) return;
    this.mode = mode;
    this.tell(`is ${mode}`);
    this.runWaiting();
  }

  /** FLUSHALL, or a restart with an empty disk. */
  flush(): void {
    this.tell(`forgets ${this.jobs.size} jobs`);
    this.jobs.clear();
  }

  consume(consumer: Consumer): void {
    this.consumers.push(consumer);
    consumer.process.onDeath(() => {
      this.consumers = this.consumers.filter((one) => one !== consumer);
    });
    this.runWaiting();
  }

  /** A job whose id exists is not added: Bull answers with the one that is there. */
  add(name: string, data: unknown, opts: JobOptions): SimulatedJob {
    const id = String(opts.jobId ?? this.nextId++);
    const known = this.jobs.get(id);
    if (known !== undefined) {
      this.tell(`has a job ${id} already and ignores the new one`);
      this.ignoredIds.push(id);
      return known;
    }
    const job: SimulatedJob = {
      id,
      name,
      data: JSON.parse(JSON.stringify(data)) as unknown,
      opts,
      attemptsMade: 0,
      stalls: 0,
      state: 'waiting',
      timestamp: this.scheduler.nowMs,
    };
    if (this.random.chance(this.faults.jobLost)) {
      this.tell(`loses job ${id}`);
      return job;
    }
    this.jobs.set(id, job);
    if (this.random.chance(this.faults.jobDoubled))
      this.jobs.set(`${id}:again`, { ...job, id: `${id}:again` });
    if ((opts.delay ?? 0) > 0) this.delay(job, opts.delay ?? 0);
    else this.runWaiting();
    return job;
  }

  find(id: string): SimulatedJob | undefined {
    return this.jobs.get(id);
  }

  latency(): number {
    return this.random.latency(this.faults.typicalMs);
  }

  private runWaiting(): void {
    if (!this.accepts) return;
    for (const job of this.jobs.values()) {
      if (job.state === 'waiting') this.scheduler.schedule(this.latency(), () => this.start(job));
    }
  }

  private start(job: SimulatedJob): void {
    if (!this.accepts || job.state !== 'waiting' || !this.jobs.has(job.id)) return;
    const consumer = this.pickConsumer(job);
    if (consumer === undefined) return;
    job.state = 'active';
    consumer.active += 1;
    this.watchLock(job, consumer, job.attemptsMade + job.stalls);
    this.scheduler.schedule(0, () => this.run(job, consumer), { owner: consumer.process });
  }

  private pickConsumer(job: SimulatedJob): Consumer | undefined {
    const able = this.consumers.filter(
      ({ process, jobName, concurrency, active }) =>
        process.isAlive && active < concurrency && (jobName === undefined || jobName === job.name),
    );
    return able.length === 0 ? undefined : this.random.pick(able);
  }

  private run(job: SimulatedJob, consumer: Consumer): void {
    const { process } = consumer;
    this.story.tell(this.scheduler.nowMs, process.name, `takes job ${job.id} (${job.name})`);
    const ended = (error: unknown): void => {
      this.scheduler.schedule(this.latency(), () => this.finish(job, consumer, error), { owner: process });
    };
    void process
      .run(() => consumer.handle(job))
      .then(
        () => ended(undefined),
        (error: unknown) => ended(error ?? new Error('failed')),
      );
  }

  private finish(job: SimulatedJob, consumer: Consumer, error: unknown): void {
    consumer.active -= 1;
    // A job that Redis has forgotten, or that was given to somebody else meanwhile, is not this process's to finish.
    if (this.accepts && this.jobs.get(job.id) === job && job.state === 'active') {
      if (error === undefined) this.end(job);
      else this.fail(job, consumer, error);
    }
    this.runWaiting();
  }

  private fail(job: SimulatedJob, consumer: Consumer, error: unknown): void {
    job.attemptsMade += 1;
    const delayMs = job.attemptsMade >= (job.opts.attempts ?? 1) ? -1 : consumer.backoffMs(job, error);
    if (delayMs < 0) this.end(job);
    else this.delay(job, delayMs);
  }

  /** A finished job is kept for the queue dashboard, and its id with it. */
  private end(job: SimulatedJob): void {
    if (job.opts.removeOnComplete === true) this.jobs.delete(job.id);
    else job.state = 'kept';
  }

  private delay(job: SimulatedJob, delayMs: number): void {
    job.state = 'delayed';
    const due = (): void => {
      if (this.jobs.get(job.id) !== job || job.state !== 'delayed') return;
      job.state = 'waiting';
      this.runWaiting();
    };
    this.scheduler.schedule(Math.max(1, delayMs), due, { kind: 'tick' });
  }

  /** A lock that nobody renews expires: another worker gets the job once more, then it has failed. */
  private watchLock(job: SimulatedJob, consumer: Consumer, turn: number): void {
    const check = (): void => {
      const isOurs =
        this.jobs.get(job.id) === job && job.state === 'active' && job.attemptsMade + job.stalls === turn;
      if (!isOurs) return;
      const { process } = consumer;
      const renews = process.isAlive && process.pausedUntilMs <= this.scheduler.nowMs;
      if (renews || !this.accepts) {
        this.scheduler.schedule(STALLED_CHECK_MS, check, { kind: 'tick' });
        return;
      }
      this.tell(`job ${job.id} has stalled`);
      job.stalls += 1;
      if (job.stalls > MAX_STALLS) this.end(job);
      else job.state = 'waiting';
      this.runWaiting();
    };
    this.scheduler.schedule(LOCK_MS + STALLED_CHECK_MS, check, { kind: 'tick' });
  }

  private tell(text: string): void {
    this.story.tell(this.scheduler.nowMs, 'redis', text);
  }
}
