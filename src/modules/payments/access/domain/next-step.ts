import type { NextAction } from './access';

/** How the next action of a student is carried out: the operation, and a page of ours for a person. */
export interface NextStep {
  readonly next_operation_id?: string;
  readonly next_url?: string;
}

/** Shows what is owed and leads to its payment. Requires sign-in, so the address may appear in a chat or an email. */
export const PAY_PATH = '/account/pay';

const STEPS: Readonly<Record<NextAction, { readonly operation?: string; readonly path?: string }>> = {
  none: {},
  subscribe: { operation: 'createCheckoutSession' },
  complete_payment: { operation: 'createCheckoutSession' },
  wait: { operation: 'getSubscriptionStatus' },
  update_payment_method: { operation: 'openBillingPortal', path: PAY_PATH },
  resume: { operation: 'resumeSubscription' },
  contact_support: {},
};

/** The operation and the page of an action. Pure: no call to Stripe is needed to offer them. */
export function nextStepOf(action: NextAction, publicUrl: string): NextStep {
  const { operation, path } = STEPS[action];
  return {
    ...(operation === undefined ? {} : { next_operation_id: operation }),
    ...(path === undefined ? {} : { next_url: `${publicUrl}${path}` }),
  };
}
