import type { HandledEventType } from 'src/modules/payments/stripe/event-types';
import type { SyncWrite } from './sync-contributor';

/** What an effect may know of an event: which object changed. The object itself is read from Stripe. */
export interface EffectEvent {
  readonly type: HandledEventType;
  readonly objectId: string;
}

/** Whom a sync is about. */
export interface SyncedCustomer {
  readonly customerId: string;
  readonly userId: string;
}

/** What an event type does beyond the sync of its customer. Idempotent: an event may be processed again. */
export interface Effect {
  /**
   * The customer of an object that names none itself. Runs in the worker, without a transaction; may ask Stripe.
   * Undefined: the object belongs to no customer, and the event is ignored.
   */
  findCustomer(event: EffectEvent): Promise<string | undefined>;
  /**
   * Reads from Stripe what these events of one customer changed. Runs before the transaction. What it returns runs
   * inside the sync's transaction, before the events are marked processed.
   */
  prepare?(events: readonly EffectEvent[], customer: SyncedCustomer): Promise<SyncWrite>;
}

export type EffectTable = Readonly<Record<HandledEventType, Effect | 'sync_only'>>;

/** Injection token of the EffectTable. */
export const EFFECT_TABLE = Symbol('EFFECT_TABLE');
