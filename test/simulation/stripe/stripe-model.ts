import {
  API_VERSION,
  DAY,
  PRICES,
  type PriceId,
  type StripeCustomer,
  type StripeEvent,
  type StripeInvoice,
  type StripeSession,
  type StripeSubscription,
} from './objects';
import { toWire } from './wire';

const SESSION_LIFE = DAY;

export const isLiveSubscription = ({ status }: StripeSubscription): boolean =>
  ['trialing', 'active', 'past_due', 'unpaid', 'paused'].includes(status);

/** Stripe's side of the truth: objects, and an event for each change of one. */
export class StripeModel {
  readonly customers = new Map<string, StripeCustomer>();
  readonly sessions = new Map<string, StripeSession>();
  readonly subscriptions = new Map<string, StripeSubscription>();
  readonly invoices = new Map<string, StripeInvoice>();
  readonly events: StripeEvent[] = [];
  private readonly counters = new Map<string, number>();

  constructor(
    /** Business time in seconds. */
    readonly now: () => number,
    private readonly onEvent: (event: StripeEvent) => void,
    private readonly onChange: () => void,
  ) {}

  id(prefix: string): string {
    const next = (this.counters.get(prefix) ?? 0) + 1;
    this.counters.set(prefix, next);
    return `${prefix}_${next}`;
  }

  emit(type: string, object: { readonly id: string }): void {
    const event: StripeEvent = {
      id: this.id('evt'),
      object: 'event',
      type,
      api_version: API_VERSION,
      livemode: false,
      created: this.now(),
      data: { object: toWire(this, object.id) },
    };
    this.events.push(event);
    this.onChange();
    this.onEvent(event);
  }

  createCustomer(email: string, metadata: Readonly<Record<string, string>>): StripeCustomer {
    const customer: StripeCustomer = { id: this.id('cus'), object: 'customer', email, metadata };
    this.customers.set(customer.id, customer);
    return customer;
  }

  deleteCustomer(customer: StripeCustomer): void {
    for (const subscription of this.subscriptionsOf(customer.id)) {
      if (isLiveSubscription(subscription)) this.endSubscription(subscription);
    }
    for (const session of this.sessions.values()) {
      if (session.customer === customer.id && session.status === 'open')
        this.closeSession(session, 'expired');
    }
    customer.deleted = true;
    this.emit('customer.deleted', customer);
  }

  createSession(
    input: Pick<StripeSession, 'customer' | 'client_reference_id' | 'metadata' | 'price'>,
  ): StripeSession {
    const id = this.id('cs_test');
    const session: StripeSession = {
      ...input,
      id,
      object: 'checkout.session',
      created: this.now(),
      expires_at: this.now() + SESSION_LIFE,
      status: 'open',
      payment_status: 'unpaid',
      url: `https://checkout.stripe.com/c/pay/${id}`,
      subscription: null,
    };
    this.sessions.set(id, session);
    return session;
  }

  closeSession(session: StripeSession, status: 'complete' | 'expired'): void {
    session.status = status;
    session.url = null;
    if (status === 'expired') this.emit('checkout.session.expired', session);
  }

  /** The student pays: with a card at once, or with a debit that settles later. */
  paySession(session: StripeSession, how: 'card' | 'debit'): StripeSubscription {
    const isPaid = how === 'card';
    const subscription = this.createSubscription(session, { isOfCheckout: true });
    const invoice = this.createInvoice(subscription, 'subscription_create');
    this.finalize(invoice);
    invoice.status = isPaid ? 'paid' : 'open';
    session.subscription = subscription.id;
    session.payment_status = isPaid ? 'paid' : 'unpaid';
    this.closeSession(session, 'complete');
    this.emit('customer.subscription.created', subscription);
    this.emit('checkout.session.completed', session);
    if (isPaid) this.emit('invoice.paid', invoice);
    return subscription;
  }

  createSubscription(
    { customer, metadata, price }: Pick<StripeSession, 'customer' | 'metadata' | 'price'>,
    { isOfCheckout, trialDays = 0 }: { isOfCheckout: boolean; trialDays?: number },
  ): StripeSubscription {
    const now = this.now();
    const end = now + (trialDays > 0 ? trialDays : PRICES[price as PriceId].days) * DAY;
    const subscription: StripeSubscription = {
      id: this.id('sub'),
      object: 'subscription',
      customer,
      created: now,
      metadata,
      price,
      isOfCheckout,
      status: trialDays > 0 ? 'trialing' : 'active',
      current_period_start: now,
      current_period_end: end,
      trial_end: trialDays > 0 ? end : null,
      cancel_at: null,
      cancel_at_period_end: false,
      ended_at: null,
      latest_invoice: null,
    };
    this.subscriptions.set(subscription.id, subscription);
    return subscription;
  }

  createInvoice(subscription: StripeSubscription, reason: StripeInvoice['billing_reason']): StripeInvoice {
    const invoice: StripeInvoice = {
      id: this.id('in'),
      object: 'invoice',
      customer: subscription.customer,
      subscription: subscription.id,
      billing_reason: reason,
      amount_due: PRICES[subscription.price as PriceId].amount,
      created: this.now(),
      period: { start: subscription.current_period_start, end: subscription.current_period_end },
      status: 'draft',
      finalized_at: null,
      failures: 0,
      next_attempt: null,
    };
    this.invoices.set(invoice.id, invoice);
    subscription.latest_invoice = invoice.id;
    return invoice;
  }

  finalize(invoice: StripeInvoice): void {
    invoice.status = 'open';
    invoice.finalized_at = this.now();
  }

  /** No attempt to collect it follows. A draft that no longer advances counts as void here. */
  stopCollecting(invoice: StripeInvoice): void {
    invoice.next_attempt = null;
    if (invoice.status === 'draft') invoice.status = 'void';
    this.onChange();
  }

  payInvoice(invoice: StripeInvoice): void {
    invoice.status = 'paid';
    invoice.next_attempt = null;
    const subscription = this.subscriptions.get(invoice.subscription);
    const wasBehind = subscription && ['past_due', 'unpaid', 'incomplete'].includes(subscription.status);
    if (subscription && wasBehind && subscription.latest_invoice === invoice.id) {
      subscription.status = 'active';
      this.emit('customer.subscription.updated', subscription);
    }
    this.emit('invoice.paid', invoice);
  }

  /** Deleting in the dashboard, or the end of a scheduled cancellation. */
  endSubscription(subscription: StripeSubscription, at = this.now()): void {
    subscription.status = 'canceled';
    subscription.ended_at = at;
    this.emit('customer.subscription.deleted', subscription);
  }

  changeSubscription(subscription: StripeSubscription, change: Partial<StripeSubscription>): void {
    Object.assign(subscription, change);
    this.emit('customer.subscription.updated', subscription);
  }

  subscriptionsOf(customerId: string): StripeSubscription[] {
    return [...this.subscriptions.values()].filter(({ customer }) => customer === customerId).reverse();
  }

  invoicesOf(customerId: string): StripeInvoice[] {
    return [...this.invoices.values()].filter(({ customer }) => customer === customerId).reverse();
  }
}
