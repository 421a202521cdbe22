import { NotificationListener } from './notifications';
import { exitBecauseStuck } from './stuck-loop';

export interface NotifiedLoopOptions {
  readonly databaseUrl: string;
  readonly channel: string;
  /** The poll behind the notifications. */
  readonly intervalMs: number;
  readonly look: () => Promise<void>;
  readonly onFailure: (error: unknown) => void;
  /** A look that takes longer will never end: by default the process exits, and its supervisor starts a new one. */
  readonly onStuck?: (channel: string) => void;
  readonly stuckAfterMs?: number;
}

/** Every wait inside a look has a deadline of its own, which together stay below this. */
const STUCK_AFTER_MS = 120_000;

/**
 * Looks for work when NOTIFY says that there is some, and every `intervalMs` in case a notification was lost. Never
 * looks twice at once; a wake-up during a look causes exactly one more.
 */
export class NotifiedLoop {
  private readonly listener: NotificationListener;
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  private lookAgain = false;
  private stopped = false;

  constructor(private readonly options: NotifiedLoopOptions) {
    const { databaseUrl, channel } = options;
    this.listener = new NotificationListener(databaseUrl, channel, () => this.wake());
  }

  async start(): Promise<void> {
    this.timer = setInterval(() => this.wake(), this.options.intervalMs);
    await this.listener.start();
  }

  /** Resolves when the current look has ended; there is none after it. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.listener.stop();
    await this.looking;
  }

  wake(): void {
    if (this.stopped) return;
    if (this.looking !== undefined) {
      this.lookAgain = true;
      return;
    }
    const { look, onFailure, onStuck = exitBecauseStuck, stuckAfterMs = STUCK_AFTER_MS } = this.options;
    const watchdog = setTimeout(() => onStuck(this.options.channel), stuckAfterMs);
    watchdog.unref();
    this.looking = look()
      .catch(onFailure)
      .finally(() => {
        clearTimeout(watchdog);
        this.looking = undefined;
        if (!this.lookAgain) return;
        this.lookAgain = false;
        this.wake();
      });
  }
}
