import { formatMoney } from 'src/common/domain/money';
import { page } from 'src/common/http/page';
import type { Owed } from 'src/modules/payments';

const ACCOUNT = { href: '/account', label: 'Your account' };
const PAY = '/account/pay/continue';
/** A payment on its way is looked at again after this time. */
const RELOAD_SECONDS = 30;

type OwedInvoice = Extract<Owed, { readonly invoice: unknown }>['invoice'];

/** What is owed, and the one link that pays it. */
export function owedPage(owed: Owed): string {
  switch (owed.kind) {
    case 'nothing':
      return page({
        title: 'Nothing is owed',
        text: 'There is no open payment on your account. Go back to ChatGPT and ask for your subscription status.',
        tone: 'good',
        link: ACCOUNT,
      });
    case 'processing':
      return page({
        title: 'Your payment is on its way',
        text: `Your bank is still confirming ${amountOf(owed.invoice)}. You need to do nothing. This page reloads by itself.`,
        tone: 'wait',
        link: ACCOUNT,
        refreshSeconds: RELOAD_SECONDS,
      });
    case 'paused':
      return page({
        title: 'Your subscription is paused',
        text: 'Its trial ended without a payment method. Nothing is owed. To open premium again, choose a plan in your account or ask for a payment link in ChatGPT: the purchase replaces the paused subscription.',
        tone: 'wait',
        link: { href: '/account', label: 'Choose a plan' },
      });
    case 'invoice':
      return invoicePage(owed.invoice, owed.others);
  }
}

function invoicePage(invoice: OwedInvoice, others: number): string {
  const amount = amountOf(invoice);
  const more =
    others === 0 ? '' : ` ${others === 1 ? 'One more payment is' : `${others} more payments are`} open.`;
  return page({
    title: `${amount} is due`,
    text: `${whyOf(invoice)} Pay it on the secure page of our payment provider, with this card or another.${more}`,
    tone: 'wait',
    link: { href: PAY, label: `Pay ${amount}` },
    secondLink: { href: '/account/billing', label: 'Change your card' },
  });
}

const amountOf = ({ dueMinor, currency }: OwedInvoice): string => formatMoney(dueMinor, currency);

function whyOf({ progress, number, billingReason }: OwedInvoice): string {
  const what = `${billingReason === 'subscription_update' ? 'Your plan change' : 'Your subscription'}${
    number === null ? '' : ` (invoice ${number})`
  }`;
  if (progress === 'action_required') return `${what} needs your confirmation at the bank.`;
  if (progress === 'failed') return `${what} could not be charged: the bank declined the payment.`;
  return `${what} is not paid yet.`;
}
