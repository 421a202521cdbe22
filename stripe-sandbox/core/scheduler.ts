import type { Clock } from './clock';

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
  private heap: Job[] = [];
  /** Jobs of test clocks, which time alone never starts. */
  private readonly owned = new Map<string, Job[]>();
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
    if (owner === null) this.push(job);
    else this.keep({ ...job, owner });
    this.arm();
  }

  /** Runs everything that is due up to `target`, each at its own time, then leaves the clock at `target`. */
  advanceTo(target: number): void {
    for (let job = this.heap[0]; job && job.at <= target; job = this.heap[0]) {
      this.pop();
      this.run(job);
    }
    this.clock.moveTo(target);
    this.arm();
  }

  /** Runs what is due on a test clock up to `target`, each at its own time. */
  advanceOwned(owner: string, target: number): void {
    for (;;) {
      const jobs = this.owned.get(owner) ?? [];
      const next = jobs.reduce<Job | undefined>(
        (least, job) => (!least || isBefore(job, least) ? job : least),
        undefined,
      );
      if (!next || next.at > target) return;
      jobs.splice(jobs.indexOf(next), 1);
      this.run(next);
    }
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
    return [...this.heap, ...[...this.owned.values()].flat()];
  }

  load(jobs: Job[]): void {
    this.heap = [];
    this.owned.clear();
    for (const job of jobs) {
      if (job.owner === undefined) this.push(job);
      else this.keep(job);
    }
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
    const next = this.heap[0];
    if (!next) return;
    const wait = Math.min(Math.max((next.at - this.clock.now()) * 1000, 50), LONGEST_TIMEOUT_MS);
    this.timer = setTimeout(() => this.advanceTo(this.clock.now()), wait);
    this.timer.unref();
  }

  private keep(job: Job & { owner?: string }): void {
    const { owner = '' } = job;
    this.owned.set(owner, [...(this.owned.get(owner) ?? []), job]);
  }

  private push(job: Job): void {
    this.heap.push(job);
    let i = this.heap.length - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!isBefore(this.heap[i] as Job, this.heap[parent] as Job)) break;
      this.swap(i, parent);
      i = parent;
    }
  }

  private pop(): void {
    const last = this.heap.pop();
    if (!last || this.heap.length === 0) return;
    this.heap[0] = last;
    for (let i = 0; ;) {
      const left = 2 * i + 1;
      let least = i;
      for (const child of [left, left + 1]) {
        const candidate = this.heap[child];
        if (candidate && isBefore(candidate, this.heap[least] as Job)) least = child;
      }
      if (least === i) return;
      this.swap(i, least);
      i = least;
    }
  }

  private swap(a: number, b: number): void {
    [this.heap[a], this.heap[b]] = [this.heap[b] as Job, this.heap[a] as Job];
  }
}

function isBefore(a: Job, b: Job): boolean {
  return a.at < b.at || (a.at === b.at && a.seq < b.seq);
}
