/** Writes what was read. Runs inside the sync's transaction. */
export type SyncWrite = () => Promise<void>;

/** A topic whose own state is refreshed by every sync. It knows the sync; the sync does not know it. */
export interface SyncContributor {
  /** Reads from Stripe, while no transaction is open. Undefined: there is nothing to write. */
  prepare(userId: string): Promise<SyncWrite | undefined>;
  /** Stripe deleted the customer. Runs inside the sync's transaction. */
  forgetCustomer(customerId: string): Promise<void>;
}

/** Injection token of `readonly SyncContributor[]`. */
export const SYNC_CONTRIBUTORS = Symbol('SYNC_CONTRIBUTORS');
