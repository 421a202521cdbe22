import { currentProcess } from '../kernel/process';
import type { Scheduler } from '../kernel/scheduler';
import type { JobOptions, SimulatedJob, SimulatedRedis } from './simulated-redis';

interface JobToAdd {
  readonly name: string;
  readonly data: unknown;
  readonly opts?: JobOptions;
}

/** The part of Bull's `Queue` that the production code uses, for one simulated process. */
export class SimulatedQueue {
  constructor(
    private readonly redis: SimulatedRedis,
    private readonly scheduler: Scheduler,
    /** Everything that was ever put into a job: it must hold ids only. */
    private readonly seen: (data: unknown) => void,
    private readonly defaults: JobOptions = {},
  ) {}

  get client(): { readonly status: string } {
    return { status: this.redis.mode === 'down' ? 'reconnecting' : 'ready' };
  }

  add(name: string, data: unknown, opts: JobOptions = {}): Promise<SimulatedJob> {
    return this.send(() => {
      if (!this.redis.accepts) throw this.refusal();
      return this.put({ name, data, opts });
    });
  }

  /** As Bull's: one pipeline, which resolves with the jobs even when the replies inside it are errors. */
  addBulk(jobs: readonly JobToAdd[]): Promise<SimulatedJob[]> {
    return this.send(() => {
      if (this.redis.mode === 'down') throw this.refusal();
      if (this.redis.accepts) return jobs.map((job) => this.put(job));
      return jobs.map(({ name, data, opts = {} }) => ({
        ...{ id: String(opts.jobId ?? ''), name, data, opts },
        ...{ attemptsMade: 0, stalls: 0, state: 'waiting' as const, timestamp: this.scheduler.nowMs },
      }));
    });
  }

  getJob(id: string): Promise<SimulatedJob | null> {
    return this.send(() => this.redis.find(id) ?? null);
  }

  isPaused(): Promise<boolean> {
    return this.send(() => {
      if (this.redis.mode === 'down') throw this.refusal();
      return false;
    });
  }

  private put({ name, data, opts = {} }: JobToAdd): SimulatedJob {
    this.seen(data);
    return this.redis.add(name, data, { ...this.defaults, ...opts });
  }

  private refusal(): Error {
    const { mode } = this.redis;
    return new Error(mode === 'lying' ? 'NOSCRIPT No matching script.' : `redis is ${mode}`);
  }

  private send<T>(execute: () => T): Promise<T> {
    const owner = currentProcess();
    return new Promise((resolve, reject) => {
      const answer = (settle: () => void): void => {
        const deliver = (): void => {
          if (owner?.passBoundary('a reply of redis') !== false) settle();
        };
        this.scheduler.schedule(this.redis.latency(), deliver, { owner });
      };
      this.scheduler.schedule(this.redis.latency(), () => {
        if (owner?.passBoundary('a request to redis') === false) return;
        try {
          const result = execute();
          answer(() => resolve(result));
        } catch (error) {
          answer(() => reject(error instanceof Error ? error : new Error(String(error))));
        }
      });
    });
  }
}
