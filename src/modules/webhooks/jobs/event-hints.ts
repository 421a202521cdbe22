import type { EventRef } from 'src/modules/webhooks/persistence/webhook-events.repository';

export interface SyncRef {
  readonly subjectId: string;
  readonly requested: number;
}

/** Tells the workers that there is work. A hint may be lost, doubled or late: the inbox is the record. */
export abstract class EventHints {
  /** False when giving a hint is known to be pointless now. */
  abstract isReady(): boolean;
  /** True when all hints were given within the budget; false (never an exception) otherwise. */
  abstract hintEvents(events: readonly EventRef[], budgetMs: number): Promise<boolean>;
  abstract hintSyncs(syncs: readonly SyncRef[], budgetMs: number): Promise<boolean>;
}

/** There is no Redis: the dispatcher runs everything itself. */
export class NoHints extends EventHints {
  isReady(): boolean {
    return false;
  }

  hintEvents(): Promise<boolean> {
    return Promise.resolve(false);
  }

  hintSyncs(): Promise<boolean> {
    return Promise.resolve(false);
  }
}
