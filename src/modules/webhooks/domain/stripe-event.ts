/** What we read of an event before it is stored; everything else stays in the payload. */
export interface EventEnvelope {
  readonly id: string;
  readonly type: string;
  readonly apiVersion: string | null;
  readonly livemode: boolean;
  readonly createdAt: Date;
  /** The customer it is about, if any: the unit of work. */
  readonly customerId: string | null;
  readonly objectId: string | null;
}

/** Types whose customer is synced. Any other type is stored and ignored. */
export const HANDLED_EVENT_TYPES: ReadonlySet<string> = new Set([
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'checkout.session.expired',
  'customer.subscription.created',
  'customer.subscription.updated',
  'customer.subscription.deleted',
  'customer.subscription.paused',
  'customer.subscription.resumed',
  'invoice.paid',
  'invoice.payment_failed',
  'invoice.payment_action_required',
  'customer.deleted',
]);

export type IgnoreReason = 'type_not_handled' | 'no_customer' | 'livemode_mismatch';

/** Whether an event means work, judged by what it is, never by what it claims. Undefined: it does. */
export function findReasonToIgnore(event: EventEnvelope, livemode: boolean): IgnoreReason | undefined {
  if (event.livemode !== livemode) return 'livemode_mismatch';
  if (!HANDLED_EVENT_TYPES.has(event.type)) return 'type_not_handled';
  return event.customerId === null ? 'no_customer' : undefined;
}
