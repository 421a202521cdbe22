import type { Access } from 'src/modules/payments/access/domain/access';
import type { Plan, SubscriptionFacts } from 'src/modules/payments/domain/subscription';
import type { BillingEmail, Price } from './billing-email';

const DAY_MS = 86_400_000;

/** A receipt or the news of a refund is sent this long. Shorter than the outbox remembers what was sent. */
export const NEWS_DAYS = 7;
/** A trial's end is announced this many days ahead. */
export const TRIAL_NOTICE_DAYS = 3;
/** The renewal of a yearly plan is announced this many days ahead. */
export const RENEWAL_NOTICE_DAYS = 30;

export interface EmailedSubscription extends SubscriptionFacts {
  readonly plan: Plan | null;
  /** What the next renewal costs before discounts and tax, while that is known. */
  readonly price: Price | undefined;
}

/** An invoice with what its payments say. */
export interface EmailedInvoice {
  readonly id: string;
  readonly number: string | null;
  readonly status: string;
  readonly currency: string;
  readonly paidMinor: number;
  readonly dueMinor: number;
  readonly paidAt: Date | null;
  readonly period: { readonly start: Date; readonly end: Date };
  /** The card that paid, as people know it. */
  readonly card: string | null;
  /** Stripe's code of the newest attempt that failed. */
  readonly failureCode: string | null;
}

export interface EmailedRefund {
  readonly id: string;
  readonly status: string;
  readonly refundedMinor: number;
  readonly full: boolean;
  readonly createdAt: Date;
  readonly currency: string;
  readonly invoiceNumber: string | null;
}

/** What a sync has just written, seen at one moment. */
export interface BillingFacts {
  readonly subscriptions: readonly EmailedSubscription[];
  readonly invoices: readonly EmailedInvoice[];
  readonly refunds: readonly EmailedRefund[];
  readonly access: Access;
  /** The change of access that this sync has recorded. */
  readonly transition:
    { readonly id: string; readonly from: { readonly granted: boolean }; readonly to: Access } | undefined;
  readonly now: Date;
}

/**
 * The emails that these facts call for. They are derived from state, not from events, so a lost, repeated or late event
 * changes nothing; a fact that still holds at the next sync gives the same key again.
 */
export function deriveBillingEmails(facts: BillingFacts): BillingEmail[] {
  return [
    ...facts.invoices.flatMap((invoice) => receipt(invoice, facts) ?? []),
    ...facts.refunds.flatMap((refund) => ofRefund(refund, facts) ?? []),
    ...facts.subscriptions.flatMap((subscription) => ofSubscription(subscription, facts)),
    ...ofTransition(facts),
  ];
}

/** Older facts are history that a first sync has read: nobody waits for an email about them. */
const isNews = (at: Date, now: Date): boolean => now.getTime() - at.getTime() < NEWS_DAYS * DAY_MS;

function receipt(invoice: EmailedInvoice, { now }: BillingFacts): BillingEmail | undefined {
  const { id, number, status, paidMinor, currency, paidAt, card, period } = invoice;
  if (status !== 'paid' || paidMinor <= 0 || paidAt === null || !isNews(paidAt, now)) return undefined;
  const paid = { amountMinor: paidMinor, currency };
  return { kind: 'receipt', key: `receipt:${id}`, paid, paidAt, invoiceNumber: number, card, period };
}

function ofRefund(refund: EmailedRefund, { now }: BillingFacts): BillingEmail | undefined {
  const { id, status, refundedMinor, currency, invoiceNumber, full, createdAt } = refund;
  if (status !== 'succeeded' || !isNews(createdAt, now)) return undefined;
  return {
    kind: 'refund',
    key: `refund:${id}`,
    refunded: { amountMinor: refundedMinor, currency },
    invoiceNumber,
    full,
  };
}

function ofSubscription(subscription: EmailedSubscription, facts: BillingFacts): BillingEmail[] {
  return [
    failedPayment(subscription, facts),
    trialEnding(subscription, facts),
    renewal(subscription, facts),
  ].filter((email) => email !== undefined);
}

/** Stripe's codes of attempts that only the cardholder's confirmation completes. */
const CONFIRMATION_CODES: readonly (string | null)[] = [
  'authentication_required',
  'payment_intent_action_required',
];

function failedPayment(
  { status, latestInvoice }: EmailedSubscription,
  { access, invoices }: BillingFacts,
): BillingEmail | undefined {
  if (status !== 'past_due' || latestInvoice?.status !== 'open') return undefined;
  // A first payment fails on the payment page, where the student sees it.
  if (latestInvoice.billingReason === 'subscription_create') return undefined;
  const accessUntil = access.granted ? access.until : null;
  const invoice = invoices.find(({ id }) => id === latestInvoice.id);
  if (CONFIRMATION_CODES.includes(invoice?.failureCode ?? null)) {
    const due = invoice && { amountMinor: invoice.dueMinor, currency: invoice.currency };
    return { kind: 'action_required', key: `action_required:${latestInvoice.id}`, due, accessUntil };
  }
  return { kind: 'payment_failed', key: `payment_failed:${latestInvoice.id}`, accessUntil };
}

function trialEnding(
  { id, status, trialEnd, cancelAt, plan, price }: EmailedSubscription,
  { now }: BillingFacts,
): BillingEmail | undefined {
  if (status !== 'trialing' || trialEnd === null || cancelAt !== null) return undefined;
  if (!isWithin(trialEnd, now, TRIAL_NOTICE_DAYS)) return undefined;
  return {
    kind: 'trial_ending',
    key: keyOfTrialEnd(id, trialEnd),
    at: trialEnd,
    plan,
    ...(price && { price }),
  };
}

function renewal(
  { id, status, plan, currentPeriodEnd, cancelAt, price }: EmailedSubscription,
  { now }: BillingFacts,
): BillingEmail | undefined {
  if (status !== 'active' || plan !== 'yearly' || cancelAt !== null) return undefined;
  if (!isWithin(currentPeriodEnd, now, RENEWAL_NOTICE_DAYS)) return undefined;
  return {
    kind: 'renewal_ahead',
    key: keyOfRenewal(id, currentPeriodEnd),
    at: currentPeriodEnd,
    ...(price && { price }),
  };
}

// Stripe's own announcements carry no usable identity (`invoice.upcoming` has no id), so the date is part of the key.
export const keyOfTrialEnd = (subscriptionId: string, at: Date): string =>
  `trial_ending:${subscriptionId}:${at.toISOString()}`;
export const keyOfRenewal = (subscriptionId: string, at: Date): string =>
  `renewal_ahead:${subscriptionId}:${at.toISOString()}`;

const isWithin = (at: Date, now: Date, days: number): boolean =>
  now < at && at.getTime() - now.getTime() <= days * DAY_MS;

/** A transition is recorded once, so its emails are sent once; a second cancellation is a second transition. */
function ofTransition({ transition }: BillingFacts): BillingEmail[] {
  if (transition === undefined) return [];
  const { id, from, to } = transition;
  if (to.granted && to.reason === 'canceled_at_period_end' && to.until !== null) {
    return [{ kind: 'cancellation_confirmed', key: `cancellation_confirmed:${id}`, accessUntil: to.until }];
  }
  return from.granted && !to.granted
    ? [{ kind: 'access_ended', key: `access_ended:${id}`, reason: to.reason }]
    : [];
}
