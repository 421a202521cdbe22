import { formatDay, formatMoney } from 'src/common/domain/money';
import type { EmailTemplate } from 'src/mail/email-template';
import type { AccessReason } from 'src/modules/payments/access/domain/access';
import type { BillingEmail, BillingEmailKind, Price } from './domain/billing-email';

/** A template without its footer, which all of them share. */
type BillingTemplate = Omit<EmailTemplate, 'footer'>;

/**
 * Where emails lead: pages of ours that require sign-in. A link that works without sign-in, such as Stripe's own, never
 * reaches an email.
 */
export interface BillingLinks {
  readonly account: string;
  readonly pay: string;
}

type Of<Kind extends BillingEmailKind> = Extract<BillingEmail, { kind: Kind }>;
type Templates = {
  readonly [Kind in BillingEmailKind]: (email: Of<Kind>, links: BillingLinks) => BillingTemplate;
};

const money = ({ amountMinor, currency }: Price): string => formatMoney(amountMinor, currency);

const priceDetail = (label: string, price: Price | undefined) =>
  price === undefined ? [] : [{ label, value: `${money(price)}, before discounts and tax` }];

const numberDetail = (number: string | null) =>
  number === null ? [] : [{ label: 'Invoice', value: number }];

const ACCOUNT = 'Open your account';

const untilText = (accessUntil: Date | null, act: string): string =>
  accessUntil === null
    ? `Premium is closed until you ${act}.`
    : `Premium stays open until ${formatDay(accessUntil)}. To keep it, ${act} before that date.`;

const TEMPLATES: Templates = {
  receipt: ({ paid, paidAt, invoiceNumber, card, period }, { account }) => ({
    subject: `Your receipt: ${money(paid)}`,
    paragraphs: ['Hello,', 'Thank you. We received your payment for Course Companion Premium.'],
    details: [
      { label: 'Paid', value: money(paid) },
      { label: 'Date', value: formatDay(paidAt) },
      { label: 'For', value: `${formatDay(period.start)} to ${formatDay(period.end)}` },
      ...(card === null ? [] : [{ label: 'Card', value: card.charAt(0).toUpperCase() + card.slice(1) }]),
      ...numberDetail(invoiceNumber),
    ],
    button: { label: ACCOUNT, url: account },
    afterwards: ['Your account lists all invoices.'],
  }),
  refund: ({ refunded, invoiceNumber, full }, { account }) => ({
    subject: `Your refund: ${money(refunded)}`,
    paragraphs: [
      'Hello,',
      'We returned money to you. Your bank shows it within about ten days.',
      ...(full ? ['The refund is complete, so premium access for the period that it paid has ended.'] : []),
    ],
    details: [{ label: 'Refunded', value: money(refunded) }, ...numberDetail(invoiceNumber)],
    button: { label: ACCOUNT, url: account },
  }),
  action_required: ({ due, accessUntil }, { pay }) => ({
    subject: 'Your bank asks you to confirm a payment',
    paragraphs: [
      'Hello,',
      'Your bank wants you to confirm the payment for the next period of Course Companion Premium.',
      untilText(accessUntil, 'confirm'),
    ],
    details: due === undefined ? [] : [{ label: 'To pay', value: money(due) }],
    button: { label: 'Confirm the payment', url: pay },
  }),
  payment_failed: ({ accessUntil }, { pay }) => ({
    subject: 'Your payment failed',
    paragraphs: [
      'Hello,',
      'We could not charge your card for the next period of Course Companion Premium.',
      untilText(accessUntil, 'pay'),
    ],
    button: { label: 'Pay or change your card', url: pay },
    afterwards: [
      'We try your card again in the meantime. If a later attempt succeeds, you need to do nothing.',
    ],
  }),
  trial_ending: ({ at, plan, price }, { account }) => ({
    subject: 'Your trial ends soon',
    paragraphs: [
      'Hello,',
      `Your free trial of Course Companion Premium ends on ${formatDay(at)}. Your subscription starts then, and your card is charged.`,
    ],
    details: [
      ...(plan === null ? [] : [{ label: 'Plan', value: plan === 'yearly' ? 'Yearly' : 'Monthly' }]),
      ...priceDetail('First charge', price),
    ],
    button: { label: ACCOUNT, url: account },
    afterwards: ['To pay nothing, cancel in your account before that date.'],
  }),
  renewal_ahead: ({ at, price }, { account }) => ({
    subject: 'Your yearly plan renews soon',
    paragraphs: [
      'Hello,',
      `Your yearly plan of Course Companion Premium renews on ${formatDay(at)} for another year. You need to do nothing to keep it.`,
    ],
    details: priceDetail('Next charge', price),
    button: { label: ACCOUNT, url: account },
    afterwards: [
      'To stop the renewal, cancel in your account before that date. Premium stays open until then.',
    ],
  }),
  cancellation_confirmed: ({ accessUntil }, { account }) => ({
    subject: 'Your subscription is canceled',
    paragraphs: [
      'Hello,',
      `You canceled Course Companion Premium. It stays open until ${formatDay(accessUntil)}, and it does not renew.`,
    ],
    button: { label: ACCOUNT, url: account },
    afterwards: ['You can resume the subscription in your account until that date.'],
  }),
  access_ended: ({ reason }, { account, pay }) => ({
    subject: 'Your premium access ended',
    paragraphs: ['Hello,', endedBecause(reason), 'Your progress and the free chapters are still there.'],
    button: PAYABLE.includes(reason)
      ? { label: 'Pay or change your card', url: pay }
      : { label: ACCOUNT, url: account },
  }),
};

/** Ends that a payment undoes. */
const PAYABLE: readonly AccessReason[] = ['payment_failed', 'unpaid', 'renewal_overdue', 'paused'];

function endedBecause(reason: AccessReason): string {
  switch (reason) {
    case 'canceled':
      return 'Your subscription to Course Companion Premium has ended, and premium access ended with it.';
    case 'payment_failed':
    case 'unpaid':
    case 'renewal_overdue':
      return 'The last payment for Course Companion Premium failed, so premium access has ended. Pay to open it again.';
    case 'trial_ended':
    case 'paused':
      return 'Your trial of Course Companion Premium has ended, and premium access ended with it.';
    case 'refunded':
      return 'We refunded your payment for Course Companion Premium, so premium access has ended. You will not be charged again.';
    case 'disputed':
      return 'Your bank reported a dispute about your payment for Course Companion Premium, so premium access has ended. Reply to this email if this is a mistake.';
    default:
      return 'Your premium access to Course Companion has ended.';
  }
}

/** The email of a fact, before its footer. */
export function billingTemplate(email: BillingEmail, links: BillingLinks): BillingTemplate {
  const template = TEMPLATES[email.kind] as (email: BillingEmail, links: BillingLinks) => BillingTemplate;
  return template(email, links);
}
