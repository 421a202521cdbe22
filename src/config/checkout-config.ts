import type { Env } from './env.schema';

/** What is sold, and on which terms. */
export abstract class CheckoutConfig {
  /** 0: no trial. */
  abstract readonly trialDays: number;
  /** Hashes the cards that had a trial. */
  abstract readonly trialCardKey: string;
  abstract readonly automaticTax: boolean;
  abstract readonly taxIdCollection: boolean;
  abstract readonly doubleSubscription: 'flag' | 'refund_second';
}

export function toCheckout(env: Env): CheckoutConfig {
  return {
    trialDays: env.TRIAL_DAYS,
    trialCardKey: env.TRIAL_CARD_KEY ?? 'cards of a development installation',
    automaticTax: env.AUTOMATIC_TAX === 'true',
    taxIdCollection: env.TAX_ID_COLLECTION === 'true',
    doubleSubscription: env.DOUBLE_SUBSCRIPTION,
  };
}
