import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningPart } from './node-part';
import { decideRestart } from './restart-policy';

export interface Part {
  readonly name: string;
  /** Starts the part, also after a crash; resolves when it is ready. The signal aborts a start. */
  readonly start: (signal: AbortSignal) => Promise<RunningPart>;
  /** Its last log lines. */
  readonly tail: () => string[];
}

export interface SupervisorOptions {
  readonly print: (line: string) => void;
  /** Called when the set of running processes changes. */
  readonly onChange?: (pids: Readonly<Record<string, number>>) => void;
  readonly graceMs?: number;
  /** Waits before a restart; rejects when the signal fires. Tests do not wait. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** A part did not start or crashed too often. The message has its name, the reason and its last log lines. */
export class PartFailedError extends Error {
  constructor(part: Pick<Part, 'name' | 'tail'>, reason: string) {
    const lines = part.tail().filter((line) => line !== '');
    super([`${part.name} failed: ${reason}`, ...lines.map((line) => `  | ${line}`)].join('\n'));
  }
}

const GRACE_MS = 8000;
const SETTLE_MS = 3000;

/**
 * Keeps parts running and stops them in reverse order of their start. A crash restarts the part with backoff. Too many
 * crashes within a minute resolve `failed`; the owner then calls `stop`.
 */
export class Supervisor {
  readonly failed: Promise<PartFailedError>;
  private readonly running = new Map<string, RunningPart>();
  private readonly stopping = new AbortController();
  private readonly starting = new Set<Promise<unknown>>();
  private fail: (error: PartFailedError) => void = () => undefined;

  constructor(private readonly options: SupervisorOptions) {
    this.failed = new Promise((resolve) => (this.fail = resolve));
  }

  /** Starts a part and watches it. Rejects when the first start fails. */
  async start(part: Part): Promise<RunningPart> {
    const running = await this.startOnce(part).catch((error: unknown) => {
      throw new PartFailedError(part, messageOf(error));
    });
    void this.watch(part, running);
    return running;
  }

  /** Stops all parts, newest first. Parts that still run after the grace period are killed. Never rejects. */
  async stop(): Promise<void> {
    const deadline = Date.now() + (this.options.graceMs ?? GRACE_MS);
    this.stopping.abort();
    await this.settleStarts();
    for (const [name, part] of [...this.running].reverse()) {
      const inTime = await Promise.race([
        part.stop().then(() => true),
        sleep(Math.max(0, deadline - Date.now()), false, { ref: false }),
      ]);
      if (!inTime) await part.kill();
      this.set(name, undefined);
    }
  }

  /** Sends SIGKILL to all parts, for a person who does not want to wait. PostgreSQL keeps all committed data. */
  async kill(): Promise<void> {
    this.stopping.abort();
    await Promise.all([...this.running.values()].map((part) => part.kill()));
  }

  private async startOnce(part: Part): Promise<RunningPart> {
    if (this.stopping.signal.aborted) throw new Error('the launcher is stopping');
    const start = part.start(this.stopping.signal);
    this.starting.add(start);
    try {
      const running = await start;
      this.set(part.name, running);
      return running;
    } finally {
      this.starting.delete(start);
    }
  }

  /** Without this wait, a starting part could appear after everything was stopped. */
  private async settleStarts(): Promise<void> {
    await Promise.race([Promise.allSettled(this.starting), sleep(SETTLE_MS, undefined, { ref: false })]);
  }

  private async watch(part: Part, first: RunningPart): Promise<void> {
    let reason = await first.ended;
    let crashes: readonly number[] = [];
    while (!this.stopping.signal.aborted) {
      const decision = decideRestart(crashes, Date.now());
      crashes = decision.crashes;
      if (decision.waitMs === undefined) return this.fail(new PartFailedError(part, `${reason}, repeatedly`));
      this.options.print(`${part.name}: ${reason}; restarting it`);
      reason = await this.restart(part, decision.waitMs);
    }
  }

  /** Resolves when the restarted part has exited as well. */
  private async restart(part: Part, waitMs: number): Promise<string> {
    try {
      await (this.options.wait ?? waitFor)(waitMs, this.stopping.signal);
      const running = await this.startOnce(part);
      this.options.print(`${part.name}: running again`);
      return await running.ended;
    } catch (error) {
      return messageOf(error);
    }
  }

  private set(name: string, part: RunningPart | undefined): void {
    if (part === undefined) this.running.delete(name);
    // Map.set keeps the position of an existing key, so a restarted part keeps its place in the stop order.
    else this.running.set(name, part);
    const pids = [...this.running].map(([key, { pid }]) => [key, pid] as const);
    this.options.onChange?.(Object.fromEntries(pids));
  }
}

const waitFor = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal });

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
