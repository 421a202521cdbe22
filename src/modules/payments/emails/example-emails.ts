import { composeEmail, type EmailContent } from 'src/mail/email-template';
import { billingTemplate } from './billing-templates';
import type { BillingEmail, BillingEmailKind } from './domain/billing-email';

const price = { amountMinor: 9599, currency: 'usd' };
const at = new Date('2027-03-01T10:00:00Z');

// The compiler asks for examples of every kind.
const EXAMPLES: { readonly [Kind in BillingEmailKind]: readonly Extract<BillingEmail, { kind: Kind }>[] } = {
  receipt: [
    {
      kind: 'receipt',
      key: 'receipt',
      paid: price,
      paidAt: at,
      invoiceNumber: 'CC-0042',
      card: 'visa ending in 4242',
      period: { start: at, end: new Date('2028-03-01T10:00:00Z') },
    },
  ],
  refund: [true, false].map((full) => ({
    kind: 'refund',
    key: full ? 'refund-full' : 'refund-partial',
    refunded: price,
    invoiceNumber: 'CC-0042',
    full,
  })),
  action_required: [{ kind: 'action_required', key: 'action-required', due: price, accessUntil: at }],
  payment_failed: [
    { kind: 'payment_failed', key: 'payment-failed', accessUntil: at },
    { kind: 'payment_failed', key: 'payment-failed-closed', accessUntil: null },
  ],
  trial_ending: [{ kind: 'trial_ending', key: 'trial-ending', at, plan: 'yearly', price }],
  renewal_ahead: [{ kind: 'renewal_ahead', key: 'renewal-ahead', at, price }],
  cancellation_confirmed: [
    { kind: 'cancellation_confirmed', key: 'cancellation-confirmed', accessUntil: at },
  ],
  access_ended: (['canceled', 'payment_failed', 'refunded', 'disputed', 'trial_ended'] as const).map(
    (reason) => ({
      kind: 'access_ended',
      key: `access-ended-${reason}`,
      reason,
    }),
  ),
};

/** One email per kind and variant, for previews and tests. The key names the example. */
export const EXAMPLE_EMAILS: readonly BillingEmail[] = Object.values(EXAMPLES).flat();

/** The finished examples by name. Their links lead to this installation. */
export function exampleBillingEmails(
  publicUrl: string,
  footer: readonly string[],
): Map<string, EmailContent> {
  const links = { account: `${publicUrl}/account`, pay: `${publicUrl}/account/pay` };
  return new Map(
    EXAMPLE_EMAILS.map((email) => [email.key, composeEmail({ ...billingTemplate(email, links), footer })]),
  );
}
