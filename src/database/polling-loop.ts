import { within } from 'src/common/deadline';
import { exitBecauseStuck } from './stuck-loop';

export interface PollingLoopOptions {
  /** Named in the log when the loop is stuck. */
  readonly name: string;
  readonly intervalMs: number;
  readonly look: () => Promise<void>;
  readonly onFailure: (error: unknown) => void;
  /** A look that takes longer will never end, and the process exits. */
  readonly stuckAfterMs?: number;
}

const STUCK_AFTER_MS = 120_000;
/** A look that is cut off is repeated by the next process: its lease expires, and everything it does may be repeated. */
const STOP_WITHIN_MS = 2000;

/** Looks every `intervalMs` of real time, and never twice at once. */
export class PollingLoop {
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;

  constructor(private readonly options: PollingLoopOptions) {}

  start(): void {
    this.timer = setInterval(() => this.look(), this.options.intervalMs);
    this.look();
  }

  /** Resolves when the current look has ended, or soon if it takes long; there is none after it. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    if (this.looking !== undefined) await within(this.looking, STOP_WITHIN_MS, undefined);
  }

  private look(): void {
    if (this.looking !== undefined) return;
    const { name, look, onFailure, stuckAfterMs = STUCK_AFTER_MS } = this.options;
    const watchdog = setTimeout(() => exitBecauseStuck(name), stuckAfterMs);
    watchdog.unref();
    this.looking = look()
      .catch(onFailure)
      .finally(() => {
        clearTimeout(watchdog);
        this.looking = undefined;
      });
  }
}
