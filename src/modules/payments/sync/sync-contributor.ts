import type { RecordedTransition } from 'src/modules/payments/access/persistence/transitions.repository';

/** Writes what was read. Runs inside the sync's transaction. */
export type SyncWrite = () => Promise<void>;

/** A customer whose state has just been written. */
export interface WrittenCustomer {
  readonly userId: string;
  readonly customerId: string;
  /** The change of access that the new state has caused, if any. */
  readonly transition: RecordedTransition | undefined;
}

/** A topic that takes part in every sync. It knows the sync; the sync does not know it. */
export interface SyncContributor {
  /** Reads from Stripe, while no transaction is open. Undefined: there is nothing to write. */
  prepare?(userId: string): Promise<SyncWrite | undefined>;
  /** Stripe deleted the customer. Runs inside the sync's transaction. */
  forgetCustomer?(customerId: string): Promise<void>;
  /** Acts on what the sync has written. Runs last inside the sync's transaction, and as often as there are syncs. */
  afterWrite?(written: WrittenCustomer): Promise<void>;
}

/** Injection token of `readonly SyncContributor[]`. */
export const SYNC_CONTRIBUTORS = Symbol('SYNC_CONTRIBUTORS');
