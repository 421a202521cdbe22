import type { CustomerSnapshot } from 'src/modules/payments/stripe/stripe-customers';
import type { RecordedTransition } from 'src/modules/payments/access/persistence/transitions.repository';

/** An event as the inbox knows it. */
export interface CoveredEvent {
  readonly type: string;
  readonly objectId: string | null;
}

/** Writes what was read. Runs inside the sync's transaction. */
export type SyncWrite = () => Promise<void>;

/** A customer whose state is being read. */
export interface ReadCustomer {
  readonly userId: string;
  readonly customerId: string;
  /** What Stripe says of it. Await it only when it is needed: it is read at the same time. */
  readonly snapshot: Promise<CustomerSnapshot>;
}

/** `unmatched`: it belongs to no user of ours. */
export type SyncOutcome = 'synced' | 'unmatched';

export interface ForeignWrite {
  readonly write: SyncWrite;
  readonly outcome: SyncOutcome;
}

/** A customer whose state has just been written. */
export interface WrittenCustomer {
  readonly userId: string;
  readonly customerId: string;
  /** The change of access that the new state has caused, if any. */
  readonly transition: RecordedTransition | undefined;
}

/** A customer as Stripe has it, before anything is written. */
export interface FetchedCustomer {
  readonly userId: string;
  readonly customerId: string;
  readonly snapshot: CustomerSnapshot;
  readonly premiumProductIds: ReadonlySet<string>;
}

/** A topic that takes part in every sync. It knows the sync; the sync does not know it. */
export interface SyncContributor {
  /**
   * Finishes at Stripe what the fetched state demands. Runs first, while no transaction is open. True when it wrote: the
   * state is then fetched again. Idempotent: it runs in every sync.
   */
  converge?(customer: FetchedCustomer): Promise<boolean>;
  /** Reads from Stripe, while no transaction is open. Undefined: there is nothing to write. */
  prepare?(customer: ReadCustomer): Promise<SyncWrite | undefined>;
  /** The subject is no customer of a user of ours. Reads from Stripe, while no transaction is open. */
  prepareForeign?(subjectId: string, events: readonly CoveredEvent[]): Promise<ForeignWrite | undefined>;
  /** Stripe deleted the customer. Runs inside the sync's transaction. */
  forgetCustomer?(customerId: string): Promise<void>;
  /** Acts on what the sync has written. Runs last inside the sync's transaction, and as often as there are syncs. */
  afterWrite?(written: WrittenCustomer): Promise<void>;
}

/** Injection token of `readonly SyncContributor[]`. */
export const SYNC_CONTRIBUTORS = Symbol('SYNC_CONTRIBUTORS');
