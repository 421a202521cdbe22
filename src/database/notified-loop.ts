import { GuardedLook, type GuardedLookOptions } from './guarded-look';
import { NotificationListener } from './notifications';

export interface NotifiedLoopOptions extends Omit<GuardedLookOptions, 'name'> {
  readonly databaseUrl: string;
  readonly channel: string;
  /** The poll behind the notifications. */
  readonly intervalMs: number;
}

/**
 * Looks for work when NOTIFY says that there is some, and every `intervalMs` in case a notification was lost. Never
 * looks twice at once; a wake-up during a look causes exactly one more.
 */
export class NotifiedLoop {
  private readonly listener: NotificationListener;
  private readonly guarded: GuardedLook;
  private timer: NodeJS.Timeout | undefined;
  private lookAgain = false;
  private stopped = false;

  constructor(private readonly options: NotifiedLoopOptions) {
    const { databaseUrl, channel } = options;
    this.listener = new NotificationListener(databaseUrl, channel, () => this.wake());
    this.guarded = new GuardedLook({ ...options, name: channel });
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
    await this.guarded.ended();
  }

  wake(): void {
    if (this.stopped) return;
    const looked = this.guarded.start();
    if (looked === undefined) this.lookAgain = true;
    else void looked.then(() => this.lookOnceMore());
  }

  private lookOnceMore(): void {
    if (!this.lookAgain) return;
    this.lookAgain = false;
    this.wake();
  }
}
