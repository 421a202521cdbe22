import type Stripe from 'stripe';
import type { Input } from '../../http/input';
import { parameters } from '../../http/parameters';

export type AutomaticMethods = Stripe.PaymentIntent.AutomaticPaymentMethods;

export const AUTOMATIC_METHODS = parameters({ used: 'allow_redirects enabled' });

/** On unless it is switched off; a caller that names the types does not get it. */
export function readAutomatic(input: Input): AutomaticMethods | null {
  const wanted = input.map('automatic_payment_methods');
  if (wanted.flag('enabled') === false) return null;
  const allow_redirects = wanted.choice('allow_redirects', ['always', 'never'] as const) ?? 'always';
  return { allow_redirects, enabled: true };
}

/** Automatic methods come from the only configuration of the account. */
export function configurationOf(automatic: AutomaticMethods | null | undefined) {
  return automatic ? { id: 'pmc_sandbox', parent: null } : null;
}
