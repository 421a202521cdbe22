import { exitBecauseStuck } from './stuck-loop';

export interface GuardedLookOptions {
  /** Named in the log when the look is stuck. */
  readonly name: string;
  readonly look: () => Promise<void>;
  readonly onFailure: (error: unknown) => void;
  /** A look that takes longer will never end: by default the process exits, and its supervisor starts a new one. */
  readonly onStuck?: (name: string) => void;
  readonly stuckAfterMs?: number;
}

/** Every wait inside a look has a deadline of its own, which together stay below this. */
const STUCK_AFTER_MS = 120_000;

/** One look of a loop: never twice at once, its failure is told and not thrown, and one that never ends is noticed. */
export class GuardedLook {
  private looking: Promise<void> | undefined;

  constructor(private readonly options: GuardedLookOptions) {}

  /** Resolves when the look has ended. Undefined: one is under way, and nothing was started. */
  start(): Promise<void> | undefined {
    if (this.looking !== undefined) return undefined;
    const { name, look, onFailure, onStuck = exitBecauseStuck, stuckAfterMs = STUCK_AFTER_MS } = this.options;
    const watchdog = setTimeout(() => onStuck(name), stuckAfterMs);
    watchdog.unref();
    this.looking = look()
      .catch(onFailure)
      .finally(() => {
        clearTimeout(watchdog);
        this.looking = undefined;
      });
    return this.looking;
  }

  /** Resolves when no look is under way. */
  async ended(): Promise<void> {
    await this.looking;
  }
}
