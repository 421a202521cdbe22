/** Notifications between resources that do not import each other; the target is an object's id. */
export type SignalName =
  | 'intent.succeeded'
  | 'intent.failed'
  | 'intent.processing'
  | 'intent.requires_action'
  | 'charge.refunded'
  | 'invoice.paid'
  | 'invoice.payment_failed'
  | 'invoice.voided'
  | 'invoice.uncollectible'
  | 'subscription.ended'
  | 'discount.ended'
  | 'subscription.period_end'
  | 'setup.succeeded'
  | 'customer.deleted';

type Listener = (target: string) => void;

export class Signals {
  private readonly listeners = new Map<SignalName, Listener[]>();

  on(name: SignalName, listener: Listener): void {
    this.listeners.set(name, [...(this.listeners.get(name) ?? []), listener]);
  }

  /** Calls the listeners at once, in the order of registration, within the bracket of the caller. */
  raise(name: SignalName, target: string): void {
    for (const listener of this.listeners.get(name) ?? []) listener(target);
  }
}
