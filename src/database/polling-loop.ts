import { within } from 'src/common/deadline';
import { GuardedLook, type GuardedLookOptions } from './guarded-look';

export interface PollingLoopOptions extends GuardedLookOptions {
  readonly intervalMs: number;
}

/** A look that is cut off is repeated by the next process: its lease expires, and everything it does may be repeated. */
const STOP_WITHIN_MS = 2000;

/** Looks every `intervalMs` of real time, and never twice at once. */
export class PollingLoop {
  private readonly guarded: GuardedLook;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: PollingLoopOptions) {
    this.guarded = new GuardedLook(options);
  }

  start(): void {
    this.timer = setInterval(() => void this.guarded.start(), this.options.intervalMs);
    void this.guarded.start();
  }

  /** Resolves when the current look has ended, or soon if it takes long; there is none after it. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await within(this.guarded.ended(), STOP_WITHIN_MS, undefined);
  }
}
