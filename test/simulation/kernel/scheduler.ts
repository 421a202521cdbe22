import type { SimProcess } from './process';

// Taken before anything is replaced: the scheduler itself lives in real time.
const realSetImmediate = setImmediate;

export interface Step {
  at: number;
  readonly order: number;
  /** Whose step it is: one of a dead process is dropped, one of a paused process waits. Undefined: the network's or a server's. */
  readonly owner: SimProcess | undefined;
  /** A timer tick alone is no reason to go on: polls never end. */
  readonly kind: 'work' | 'tick';
  readonly run: () => void | Promise<void>;
  cancelled: boolean;
}

export interface StepOptions {
  readonly owner?: SimProcess | undefined;
  readonly kind?: Step['kind'];
}

/**
 * Runs one step at a time in the order of simulated time. After each step everything that it set in motion runs until
 * it waits for the outside again, so nothing but the steps and their order decides what happens.
 */
export class Scheduler {
  private readonly heap: Step[] = [];
  private order = 0;
  private work = 0;

  constructor(private currentMs: number) {}

  get nowMs(): number {
    return this.currentMs;
  }

  /** Steps that are not mere timer ticks and have not run yet. */
  get pendingWork(): number {
    return this.work;
  }

  schedule(delayMs: number, run: Step['run'], { owner, kind = 'work' }: StepOptions = {}): Step {
    const step: Step = {
      at: this.currentMs + Math.max(0, delayMs),
      order: this.order++,
      owner,
      kind,
      run,
      cancelled: false,
    };
    if (kind === 'work') this.work += 1;
    this.push(step);
    return step;
  }

  cancel(step: Step): void {
    if (step.cancelled) return;
    step.cancelled = true;
    if (step.kind === 'work') this.work -= 1;
  }

  /** Time passes without a step, as when every process and the database stood still for a while. */
  warpTo(ms: number): void {
    this.currentMs = Math.max(this.currentMs, ms);
  }

  /** Runs the next step. False when there is none. */
  async step(): Promise<boolean> {
    const step = this.pop();
    if (step === undefined) return false;
    const { owner } = step;
    if (step.cancelled) return true;
    if (owner?.isAlive === false) {
      this.cancel(step);
      return true;
    }
    this.currentMs = Math.max(this.currentMs, step.at);
    if (owner !== undefined && owner.pausedUntilMs > this.currentMs) {
      step.at = owner.pausedUntilMs;
      this.push(step);
      return true;
    }
    this.cancel(step);
    await step.run();
    await this.settle();
    return true;
  }

  /** Lets what was set in motion run until it waits for the outside. */
  settle(): Promise<void> {
    return new Promise((resolve) => realSetImmediate(resolve));
  }

  private push(step: Step): void {
    const { heap } = this;
    heap.push(step);
    let index = heap.length - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(heap[index], heap[parent])) break;
      swap(heap, index, parent);
      index = parent;
    }
  }

  private pop(): Step | undefined {
    const { heap } = this;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    heap[0] = last;
    let index = 0;
    for (;;) {
      const [left, right] = [2 * index + 1, 2 * index + 2];
      let smallest = index;
      if (isBefore(heap[left], heap[smallest])) smallest = left;
      if (isBefore(heap[right], heap[smallest])) smallest = right;
      if (smallest === index) return first;
      swap(heap, index, smallest);
      index = smallest;
    }
  }
}

function isBefore(a: Step | undefined, b: Step | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

function swap(heap: Step[], i: number, j: number): void {
  const [a, b] = [heap[i], heap[j]];
  if (a === undefined || b === undefined) return;
  heap[i] = b;
  heap[j] = a;
}
