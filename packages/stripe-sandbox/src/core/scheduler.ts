import type { Clock } from './clock';
import { Heap } from './heap';

/** Something to do at a business time. Plain data, so that it survives a snapshot. */
export interface Job {
  at: number;
  seq: number;
  kind: string;
  target: string;
  /** The test clock it waits for; absent for the time of the sandbox. */
  owner?: string;
}

type Handler = (target: string, at: number) => void;

const LONGEST_TIMEOUT_MS = 60_000;

/**
 * Runs jobs in order of business time, both while real time passes and while the clock is moved. Handlers look at the
 * current state and do nothing when the job is outdated, so jobs are never cancelled.
 */
export class Scheduler {
  private due = new Heap<Job>(isBefore);
  /** Jobs of test clocks, which time alone never starts. */
  private readonly owned = new Map<string, Heap<Job>>();
  private seq = 0;
  private readonly pendingWork = new Set<NodeJS.Immediate>();
  private timer: NodeJS.Timeout | undefined;
  private readonly handlers = new Map<string, Handler>();

  constructor(
    private readonly clock: Clock,
    private readonly around: (work: () => void) => void,
  ) {}

  on(kind: string, handler: Handler): void {
    this.handlers.set(kind, handler);
  }

  schedule(kind: string, target: string, at: number): void {
    const { owner } = this.clock;
    const job = { at, seq: this.seq++, kind, target };
    this.keep(owner === null ? job : { ...job, owner });
    this.arm();
  }

  /** Runs everything that is due up to `target`, each at its own time, then leaves the clock at `target`. */
  advanceTo(target: number): void {
    this.runUpTo(target, this.due);
    this.clock.moveTo(target);
    this.arm();
  }

  /** Runs what is due on a test clock up to `target`, each at its own time. */
  advanceOwned(owner: string, target: number): void {
    const jobs = this.owned.get(owner);
    if (jobs) this.runUpTo(target, jobs);
  }

  /** Forgets the jobs of a test clock. */
  drop(owner: string): void {
    this.owned.delete(owner);
  }

  /** Runs `work` after the present call is answered, with brackets of its own. */
  soon(work: () => void): void {
    const pending = setImmediate(() => {
      this.pendingWork.delete(pending);
      work();
    });
    this.pendingWork.add(pending);
  }

  pending(): Job[] {
    return [this.due, ...this.owned.values()].flatMap((jobs) => [...jobs.values()]);
  }

  load(jobs: Job[]): void {
    this.due = new Heap<Job>(isBefore);
    this.owned.clear();
    for (const job of jobs) this.keep(job);
    this.seq = jobs.reduce((max, job) => Math.max(max, job.seq + 1), 0);
    this.arm();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    for (const work of this.pendingWork) clearImmediate(work);
    this.pendingWork.clear();
  }

  private run(job: Job): void {
    const handler = this.handlers.get(job.kind);
    const work = () => this.around(() => handler?.(job.target, job.at));
    this.clock.at(job.at, work, job.owner ?? null);
  }

  private arm(): void {
    clearTimeout(this.timer);
    const next = this.due.least;
    if (!next) return;
    const wait = Math.min(Math.max((next.at - this.clock.now()) * 1000, 50), LONGEST_TIMEOUT_MS);
    this.timer = setTimeout(() => this.advanceTo(this.clock.now()), wait);
    this.timer.unref();
  }

  /** Work may schedule more work, which runs too when it is due. */
  private runUpTo(target: number, jobs: Heap<Job>): void {
    for (let job = jobs.least; job && job.at <= target; job = jobs.least) {
      jobs.pop();
      this.run(job);
    }
  }

  private keep(job: Job): void {
    const { owner } = job;
    const jobs = owner === undefined ? this.due : (this.owned.get(owner) ?? new Heap<Job>(isBefore));
    if (owner !== undefined) this.owned.set(owner, jobs);
    jobs.push(job);
  }
}

function isBefore(a: Job, b: Job): boolean {
  return a.at < b.at || (a.at === b.at && a.seq < b.seq);
}
