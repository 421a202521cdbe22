import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from './connection';
import type { LoadPlan, LoadResult } from './plan';
import { prepareRequests, type NextRequest } from './requests';

/** How long answers are waited for after the last request. */
const LAST_ANSWERS_MS = 10_000;

/** Sends the requests of a plan and measures the answers. */
export async function generate(plan: LoadPlan): Promise<LoadResult> {
  const run = new Run(plan, prepareRequests(plan));
  try {
    await (plan.ratePerSecond === undefined ? run.flatOut() : run.atRate(plan.ratePerSecond));
    return run.result();
  } finally {
    run.close();
  }
}

class Run {
  private readonly connections: Connection[];
  private readonly times: number[] = [];
  private readonly statuses: Record<string, number> = {};
  private readonly startedAt = performance.now();
  private readonly countFrom: number;
  private readonly endAt: number;
  private open = 0;
  private lastAnswerAt = 0;

  constructor(
    private readonly plan: LoadPlan,
    private readonly next: NextRequest,
  ) {
    this.countFrom = this.startedAt + plan.warmUpMs;
    this.endAt = this.countFrom + plan.durationMs;
    this.connections = Array.from({ length: plan.connections }, () => new Connection(plan.port));
  }

  async flatOut(): Promise<void> {
    for (const [lane] of this.connections.entries()) this.repeat(lane);
    await sleep(this.endAt - performance.now());
    await this.waitForAnswers();
  }

  /** A request that finds every connection busy waits, and its time counts from when it should have been sent. */
  async atRate(perSecond: number): Promise<void> {
    const idle = [...this.connections.keys()];
    const last = this.plan.count ?? Infinity;
    let sent = 0;
    while (performance.now() < this.endAt && sent < last) {
      const due = Math.min(last, Math.floor(((performance.now() - this.startedAt) * perSecond) / 1000));
      while (sent < due && idle.length > 0) {
        const lane = idle.pop() as number;
        const intended = this.startedAt + (sent * 1000) / perSecond;
        sent += 1;
        this.send(lane, intended, () => idle.push(lane));
      }
      await sleep(1);
    }
    await this.waitForAnswers();
  }

  result(): LoadResult {
    const sorted = Float64Array.from(this.times).sort();
    const elapsedMs = Math.max(1, Math.max(this.lastAnswerAt, this.endAt) - this.countFrom);
    const rated = this.plan.ratePerSecond === undefined ? elapsedMs : this.lastAnswerAt - this.countFrom;
    return {
      answered: sorted.length,
      failed: Object.entries(this.statuses)
        .filter(([status]) => !/^(2..|304)$/.test(status))
        .reduce((total, [, count]) => total + count, 0),
      statuses: this.statuses,
      elapsedMs: rated,
      perSecond: (sorted.length / rated) * 1000,
      p50: percentile(sorted, 0.5),
      p99: percentile(sorted, 0.99),
    };
  }

  close(): void {
    for (const connection of this.connections) connection.close();
  }

  private repeat(lane: number): void {
    const now = performance.now();
    if (now < this.endAt) this.send(lane, now, () => this.repeat(lane));
  }

  private send(lane: number, intended: number, then: () => void): void {
    this.open += 1;
    this.connectionOf(lane).send(this.next(), (status) => {
      this.open -= 1;
      this.note(status, intended);
      then();
    });
  }

  private connectionOf(lane: number): Connection {
    const connection = this.connections[lane];
    if (connection?.isOpen) return connection;
    return (this.connections[lane] = new Connection(this.plan.port));
  }

  private note(status: number, intended: number): void {
    const now = performance.now();
    if (now < this.countFrom) return;
    this.lastAnswerAt = now;
    this.times.push(now - intended);
    this.statuses[status] = (this.statuses[status] ?? 0) + 1;
  }

  private async waitForAnswers(): Promise<void> {
    const deadline = performance.now() + LAST_ANSWERS_MS;
    while (this.open > 0 && performance.now() < deadline) await sleep(2);
    if (this.open > 0) this.statuses['unanswered'] = this.open;
  }
}

const percentile = (sorted: Float64Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
