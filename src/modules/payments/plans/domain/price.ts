import type { Plan } from 'src/modules/payments/domain/subscription';

export type TaxBehavior = 'inclusive' | 'exclusive' | 'unspecified';

/** A price as Stripe has it. */
export interface PriceState {
  readonly productId: string;
  readonly amountMinor: number | null;
  readonly currency: string;
  readonly active: boolean;
  readonly productActive: boolean;
  /** Undefined for a price that is paid once. */
  readonly interval: string | undefined;
  readonly intervalCount: number;
  readonly taxBehavior: TaxBehavior;
}

/** Why a configured price cannot be sold. `missing`: the account of the key has no such price. */
export type PriceRefusal = 'missing' | 'archived' | 'product_archived' | 'not_recurring' | 'wrong_interval';

const INTERVALS: Readonly<Record<Plan, 'month' | 'year'>> = { monthly: 'month', yearly: 'year' };

export const intervalOf = (plan: Plan): 'month' | 'year' => INTERVALS[plan];

/** Undefined: it can be sold as this plan. */
export function findPriceRefusal(plan: Plan, price: PriceState): PriceRefusal | undefined {
  if (price.interval === undefined || price.amountMinor === null) return 'not_recurring';
  if (price.interval !== intervalOf(plan) || price.intervalCount !== 1) return 'wrong_interval';
  if (!price.active) return 'archived';
  return price.productActive ? undefined : 'product_archived';
}

export interface Priced {
  readonly plan: Plan;
  readonly amountMinor: number;
  readonly currency: string;
}

/** What a year costs less than twelve months. */
export interface Saving {
  readonly amountMinor: number;
  /** Rounded down: a promise may not be larger than what is saved. */
  readonly percent: number;
}

/** Undefined when nothing is saved, or nothing can be compared. */
export function findSaving(plan: Priced, all: readonly Priced[]): Saving | undefined {
  const monthly = all.find((other) => other.plan === 'monthly' && other.currency === plan.currency);
  if (plan.plan !== 'yearly' || monthly === undefined) return undefined;
  const year = monthly.amountMinor * 12;
  const amountMinor = year - plan.amountMinor;
  return amountMinor <= 0 ? undefined : { amountMinor, percent: Math.floor((amountMinor * 100) / year) };
}
