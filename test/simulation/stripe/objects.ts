/** The part of Stripe's objects that matters here. Times are seconds, as on the wire. */
export interface StripeCustomer {
  readonly id: string;
  readonly object: 'customer';
  readonly email: string;
  readonly metadata: Readonly<Record<string, string>>;
  deleted?: true;
}

export interface StripeSession {
  readonly id: string;
  readonly object: 'checkout.session';
  readonly customer: string;
  readonly client_reference_id: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly price: string;
  readonly created: number;
  readonly expires_at: number;
  status: 'open' | 'complete' | 'expired';
  payment_status: 'unpaid' | 'paid';
  url: string | null;
  subscription: string | null;
}

export type SubscriptionStatus =
  'incomplete' | 'incomplete_expired' | 'trialing' | 'active' | 'past_due' | 'unpaid' | 'canceled' | 'paused';

export interface StripeSubscription {
  readonly id: string;
  readonly object: 'subscription';
  readonly customer: string;
  readonly created: number;
  readonly metadata: Readonly<Record<string, string>>;
  readonly price: string;
  /** How a completed Checkout paid; the dashboard makes subscriptions as well. */
  readonly isOfCheckout: boolean;
  status: SubscriptionStatus;
  current_period_start: number;
  current_period_end: number;
  trial_end: number | null;
  cancel_at: number | null;
  cancel_at_period_end: boolean;
  ended_at: number | null;
  latest_invoice: string | null;
}

export interface StripeInvoice {
  readonly id: string;
  readonly object: 'invoice';
  readonly customer: string;
  readonly subscription: string;
  readonly billing_reason: 'subscription_create' | 'subscription_cycle';
  readonly amount_due: number;
  readonly created: number;
  /** What its one line pays for. */
  readonly period: { readonly start: number; readonly end: number };
  status: 'draft' | 'open' | 'paid' | 'void' | 'uncollectible';
  finalized_at: number | null;
  /** Failed attempts so far. */
  failures: number;
  next_attempt: number | null;
}

export interface StripeEvent {
  readonly id: string;
  readonly object: 'event';
  readonly type: string;
  readonly api_version: string;
  readonly livemode: boolean;
  readonly created: number;
  readonly data: { readonly object: unknown };
}

export const PRICES = {
  price_premium_monthly: { amount: 999, interval: 'month', days: 30 },
  price_premium_yearly: { amount: 9599, interval: 'year', days: 365 },
} as const;
export type PriceId = keyof typeof PRICES;
export const PRODUCT = 'prod_premium';
export const API_VERSION = '2026-10-28.endive';
export const DAY = 86_400;
