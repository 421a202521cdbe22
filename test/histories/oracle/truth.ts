import type Stripe from 'stripe';

/** Everything that Stripe has of one customer. Times are seconds. */
export interface Truth {
  readonly subscriptions: readonly Stripe.Subscription[];
  readonly invoices: readonly Stripe.Invoice[];
  readonly charges: readonly Stripe.Charge[];
  readonly refunds: readonly Stripe.Refund[];
  readonly disputes: readonly Stripe.Dispute[];
  readonly sessions: readonly Stripe.Checkout.Session[];
}

const ALL = { limit: 10_000 };

/** Reads the objects of all customers that were made since; by customer. */
export async function readTruth(stripe: Stripe, since: number): Promise<Map<string, Truth>> {
  const page = { limit: 100, created: { gte: since } };
  const [subscriptions, invoices, charges, refunds, disputes, sessions] = await Promise.all([
    stripe.subscriptions.list({ ...page, status: 'all' }).autoPagingToArray(ALL),
    stripe.invoices.list({ ...page, expand: ['data.payments'] }).autoPagingToArray(ALL),
    stripe.charges.list(page).autoPagingToArray(ALL),
    stripe.refunds.list(page).autoPagingToArray(ALL),
    stripe.disputes.list(page).autoPagingToArray(ALL),
    stripe.checkout.sessions.list(page).autoPagingToArray(ALL),
  ]);
  const all = new Map<string, { -readonly [Key in keyof Truth]: Truth[Key][number][] }>();
  const of = (customer: string) => {
    const found = all.get(customer) ?? {
      ...{ subscriptions: [], invoices: [], charges: [], refunds: [], disputes: [], sessions: [] },
    };
    all.set(customer, found);
    return found;
  };
  const payers = new Map(charges.map(({ id, customer }) => [id, nameOf(customer)]));
  for (const each of subscriptions) of(nameOf(each.customer)).subscriptions.push(each);
  for (const each of invoices) of(nameOf(each.customer)).invoices.push(each);
  for (const each of charges) of(nameOf(each.customer)).charges.push(each);
  for (const each of refunds) of(payers.get(nameOf(each.charge)) ?? '').refunds.push(each);
  for (const each of disputes) of(payers.get(nameOf(each.charge)) ?? '').disputes.push(each);
  for (const each of sessions) of(nameOf(each.customer)).sessions.push(each);
  return all;
}

/** The id behind a reference, expanded or not. */
export const nameOf = (reference: string | { readonly id?: string } | null | undefined): string =>
  (typeof reference === 'string' ? reference : reference?.id) ?? '';

/** The charges that tried to pay an invoice. */
export function chargesOf({ payments }: Stripe.Invoice, { charges }: Truth): Stripe.Charge[] {
  const intents = (payments?.data ?? []).map(({ payment }) => nameOf(payment.payment_intent));
  return charges.filter(({ payment_intent: intent }) => intents.includes(nameOf(intent)));
}

/** What arrived for an invoice, and what of it was returned for good. */
export function moneyOf(invoice: Stripe.Invoice, truth: Truth): { collected: number; returned: number } {
  const paid = chargesOf(invoice, truth).filter(({ status }) => status === 'succeeded');
  const ids = paid.map(({ id }) => id);
  const returned = truth.refunds.filter(
    ({ charge, status }) => ids.includes(nameOf(charge)) && status === 'succeeded',
  );
  const arrived = (invoice.payments?.data ?? []).filter(({ status }) => status === 'paid');
  return {
    collected: arrived.reduce((sum, { amount_paid: amount }) => sum + (amount ?? 0), 0),
    returned: returned.reduce((sum, { amount }) => sum + amount, 0),
  };
}
