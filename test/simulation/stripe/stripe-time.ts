import { DAY, PRICES, type PriceId, type StripeInvoice, type StripeSubscription } from './objects';
import { isLiveSubscription, type StripeModel } from './stripe-model';

/** What Stripe does when the last retry has failed, as set in its dashboard. */
export type AfterRetries = 'canceled' | 'unpaid';

const DRAFT_SECONDS = 3600;
const RETRY_AFTER_DAYS = [3, 5, 7];

export interface StripeRules {
  readonly afterRetries: AfterRetries;
  /** Whether a renewal's charge goes through. */
  readonly cardWorks: (customerId: string) => boolean;
}

/** The next thing that falls due by `now`, carried out as of its own time; undefined when nothing is due. */
export function findDue(
  model: StripeModel,
  now: number,
): { at: number; run: (rules: StripeRules) => void } | undefined {
  const due = [...sessionEnds(model), ...periodEnds(model), ...collections(model)];
  return due.filter(({ at }) => at <= now).sort((a, b) => a.at - b.at)[0];
}

function* sessionEnds(model: StripeModel) {
  for (const session of model.sessions.values()) {
    if (session.status === 'open')
      yield { at: session.expires_at, run: () => model.closeSession(session, 'expired') };
  }
}

function* periodEnds(model: StripeModel) {
  for (const subscription of model.subscriptions.values()) {
    if (!isLiveSubscription(subscription)) continue;
    const { cancel_at, current_period_end: end } = subscription;
    if (cancel_at !== null && cancel_at <= end) {
      yield { at: cancel_at, run: () => model.endSubscription(subscription, cancel_at) };
    } else if (['active', 'trialing', 'past_due'].includes(subscription.status)) {
      yield { at: end, run: () => renew(model, subscription) };
    }
  }
}

function renew(model: StripeModel, subscription: StripeSubscription): void {
  const start = subscription.current_period_end;
  subscription.current_period_start = start;
  subscription.current_period_end = start + PRICES[subscription.price as PriceId].days * DAY;
  if (subscription.status === 'trialing') subscription.status = 'active';
  model.createInvoice(subscription, 'subscription_cycle');
  model.emit('customer.subscription.updated', subscription);
}

function* collections(model: StripeModel) {
  for (const invoice of model.invoices.values()) {
    const at = dueAt(invoice);
    if (at !== undefined) yield { at, run: (rules: StripeRules) => collect(model, invoice, rules) };
  }
}

function dueAt({ status, created, next_attempt }: StripeInvoice): number | undefined {
  if (status === 'draft') return created + DRAFT_SECONDS;
  return status === 'open' && next_attempt !== null ? next_attempt : undefined;
}

function collect(model: StripeModel, invoice: StripeInvoice, rules: StripeRules): void {
  const subscription = model.subscriptions.get(invoice.subscription);
  if (invoice.status === 'draft') model.finalize(invoice);
  invoice.next_attempt = null;
  if (subscription === undefined || !isLiveSubscription(subscription)) return;
  if (rules.cardWorks(invoice.customer)) return model.payInvoice(invoice);
  failPayment(model, invoice, rules);
}

/** A charge that did not go through. */
export function failPayment(
  model: StripeModel,
  invoice: StripeInvoice,
  { afterRetries }: Pick<StripeRules, 'afterRetries'>,
): void {
  const subscription = model.subscriptions.get(invoice.subscription);
  const waitDays = RETRY_AFTER_DAYS[invoice.failures];
  invoice.failures += 1;
  invoice.next_attempt = waitDays === undefined ? null : model.now() + waitDays * DAY;
  model.emit('invoice.payment_failed', invoice);
  if (subscription === undefined || !isLiveSubscription(subscription)) return;
  if (waitDays !== undefined) {
    if (subscription.status === 'active') model.changeSubscription(subscription, { status: 'past_due' });
  } else if (afterRetries === 'canceled') {
    model.endSubscription(subscription);
  } else {
    model.changeSubscription(subscription, { status: 'unpaid' });
  }
}
