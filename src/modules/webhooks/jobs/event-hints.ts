/** An inbox row, as a hint names it. */
export interface EventRef {
  readonly id: number;
  readonly eventId: string;
  readonly type: string;
}

export interface SyncRef {
  readonly subjectId: string;
  readonly requested: number;
}

/** Tells the workers that there is work. A hint may be lost, doubled or late: the inbox is the record. */
export abstract class EventHints {
  /** False when giving a hint is known to be pointless now. */
  abstract isReady(): boolean;
  /** Returns what was not confirmed within the budget: for these no hint was given. Never throws. */
  abstract hintEvents<T extends EventRef>(events: readonly T[], budgetMs: number): Promise<T[]>;
  abstract hintSyncs<T extends SyncRef>(syncs: readonly T[], budgetMs: number): Promise<T[]>;
  /** True only when the queue itself says, within the budget, that an operator has paused it. */
  abstract isPaused(budgetMs: number): Promise<boolean>;
}

/** There is no Redis: the dispatcher runs everything itself. */
export class NoHints extends EventHints {
  isReady(): boolean {
    return false;
  }

  hintEvents<T extends EventRef>(events: readonly T[]): Promise<T[]> {
    return Promise.resolve([...events]);
  }

  hintSyncs<T extends SyncRef>(syncs: readonly T[]): Promise<T[]> {
    return Promise.resolve([...syncs]);
  }

  isPaused(): Promise<boolean> {
    return Promise.resolve(false);
  }
}
