import type { CaseFacts, CaseSubscription, Finding } from './case-facts';
import { day, dayOr, finding } from './finding';

type Explain = (facts: CaseFacts, subscription: CaseSubscription | undefined) => Finding;

/** The access decision in words, with its cause and the next step. A reason without words of its own is named as it is. */
export function explainDecision(facts: CaseFacts): Finding {
  const { access, subscriptions } = facts;
  const deciding = subscriptions.find(({ id }) => id === access.subscriptionId);
  const explain = WORDS[access.reason] ?? unknownReason;
  return explain(facts, deciding);
}

const unknownReason: Explain = ({ access: { granted, reason } }) =>
  finding(reason, granted ? 'good' : 'warn', [
    granted ? 'Has access' : 'No access',
    `Reason: ${reason.replaceAll('_', ' ')}.`,
  ]);

/** The bank's answer, when there is one. */
const decline = ({ declines: [code] }: CaseFacts): string[] =>
  code === undefined ? [] : [`The bank answered: ${code.replaceAll('_', ' ')}.`];

const until = (facts: CaseFacts): string => dayOr(facts.access.until, 'further notice');

const WORDS: Readonly<Record<string, Explain>> = {
  paid: (facts, subscription) =>
    finding('paid', 'good', [
      `Has access: paid until ${until(facts)}`,
      `${subscription?.id ?? 'The subscription'} is paid and renews then.`,
    ]),
  complimentary: (facts) =>
    finding('complimentary', 'good', [
      `Has access: complimentary until ${until(facts)}`,
      'An operator granted it. It is not a subscription.',
    ]),
  trial: (facts) =>
    finding('trial', 'good', [`Has access: trial until ${until(facts)}`, 'The first payment is due then.']),
  trial_ended: (facts) =>
    finding('trial_ended', 'warn', [
      'No access: the trial has ended',
      `It ended on ${until(facts)}, and no payment arrived.`,
      'Sync the customer to see whether the payment is under way.',
    ]),
  renewal_in_progress: (facts) =>
    finding('renewal_in_progress', 'good', [
      'Has access: the renewal is under way',
      `Stripe is collecting it. Access stays until ${until(facts)}.`,
    ]),
  renewal_overdue: (facts) =>
    finding('renewal_overdue', 'bad', [
      'No access: the renewal never arrived',
      `Access ended on ${until(facts)}, because no payment for the new period was seen.`,
      'Sync the customer. If Stripe has the payment, access returns at once.',
    ]),
  payment_pending: (_, subscription) =>
    finding('payment_pending', 'warn', [
      'No access yet: the payment has not arrived',
      `The first payment of ${subscription?.id ?? 'the subscription'} is not complete.`,
      'A bank debit can take days. A card that needs authentication waits for the customer.',
    ]),
  checkout_open: () =>
    finding('checkout_open', 'warn', [
      'No access: the payment page is open',
      'The customer has a payment link and has not paid yet.',
    ]),
  checkout_declined: (facts) =>
    finding('checkout_declined', 'warn', [
      'No access: the bank declined the card on the payment page',
      'Nothing was charged.',
      ...decline(facts),
      'The same link takes another card.',
    ]),
  trial_card_used: () =>
    finding('trial_card_used', 'warn', [
      'No access: the trial was refused',
      'The card had a trial before, with another account. Nothing was charged.',
      'The customer can buy premium without a trial.',
    ]),
  payment_failed_grace: (facts, subscription) =>
    finding('payment_failed_grace', 'warn', [
      `Has access until ${until(facts)}: the card failed at renewal`,
      `Payment fails since ${dayOr(subscription?.pastDueSince, 'the renewal')}; this is the grace period.`,
      ...decline(facts),
      'The customer must update the card before it ends.',
    ]),
  payment_failed: (facts, subscription) =>
    facts.access.until === null
      ? finding('payment_failed', 'bad', [
          'No access: the first payment failed',
          'Nothing was paid. The customer can open a new payment link.',
        ])
      : finding('grace_over', 'bad', [
          'No access: the grace period is over',
          `Payment fails since ${dayOr(subscription?.pastDueSince, 'the renewal')}, and the grace ended on ${until(facts)}.`,
          ...decline(facts),
          'Access returns at once when the card is updated and the invoice is paid.',
        ]),
  canceled_at_period_end: (facts) =>
    finding('canceled_at_period_end', 'info', [
      `Has access until ${until(facts)}: the subscription is canceled`,
      'It does not renew. It can be resumed until then.',
    ]),
  canceled: (facts, subscription) =>
    finding('canceled', 'info', [
      `No access: the subscription ended on ${dayOr(facts.access.until ?? subscription?.endedAt, 'an unknown day')}`,
      'It was canceled and the paid time is over. The customer can buy again.',
    ]),
  unpaid: () =>
    finding('unpaid', 'bad', [
      'No access: the subscription is unpaid',
      'Stripe gave up collecting. Access returns when the open invoice is paid.',
    ]),
  paused: () =>
    finding('paused', 'warn', [
      'No access: the subscription is paused',
      'The trial ended without a payment method, or the subscription was paused.',
    ]),
  invoice_void: () =>
    finding('invoice_void', 'bad', [
      'No access: the invoice was voided or written off',
      'The current period was never paid. The customer can buy again.',
    ]),
  written_off: () =>
    finding('written_off', 'bad', [
      'No access: the invoice was written off',
      'Nobody collects it any more, and the period was never paid. The customer can buy again.',
    ]),
  free_period: (facts) =>
    finding('free_period', 'good', [
      `Has access: the period until ${until(facts)} was given free`,
      'Its invoice was voided or forgiven by a person.',
    ]),
  collection_paused: (facts) =>
    finding('collection_paused', 'info', [
      `Collection is paused, with access until ${until(facts)}`,
      'Somebody paused it at Stripe. Nothing is charged until it is resumed.',
    ]),
  refunded: (facts) =>
    finding('refunded', 'bad', [
      'No access: the payment was refunded in full',
      `Refunded on ${dayOr(facts.refunds.find(({ full }) => full)?.createdAt, 'an unknown day')}. A refund revokes the period that it paid for.`,
      'The customer can buy again.',
    ]),
  disputed: (facts) =>
    finding('disputed', 'bad', [
      'No access: the payment is disputed',
      `The bank opened a dispute on ${dayOr(facts.disputes[0]?.createdAt, 'an unknown day')} (${facts.disputes[0]?.status ?? 'open'}).`,
      'Answer it in the Stripe dashboard before it is due. Access returns when it is won.',
    ]),
  no_subscription: (facts) => explainNothing(facts),
};

/** No subscription: an ended grant, an abandoned payment page, or nothing at all. */
function explainNothing({ grants, checkout, now }: CaseFacts): Finding {
  const last = grants.toSorted((a, b) => Number(b.endsAt ?? 0) - Number(a.endsAt ?? 0))[0];
  if (last?.revokedAt)
    return finding('grant_revoked', 'info', [
      'No access: the complimentary access was revoked',
      `An operator revoked it on ${day(last.revokedAt)}.`,
    ]);
  if (last?.endsAt && last.endsAt <= now)
    return finding('grant_expired', 'info', [
      'No access: the complimentary access has ended',
      `It ended on ${day(last.endsAt)}. There is no subscription.`,
      'Grant access again, or let the customer subscribe.',
    ]);
  if (checkout?.status === 'complete')
    return finding('checkout_without_subscription', 'bad', [
      'No access: paid at Stripe, and not seen here',
      `The payment page of ${day(checkout.createdAt)} is complete, and no subscription is stored.`,
      'Sync the customer now.',
    ]);
  if (checkout?.status === 'expired' || checkout?.status === 'open')
    return finding('never_paid', 'info', [
      'No access: never paid',
      `A payment link was made on ${day(checkout.createdAt)} and was not used.`,
      'If the person has a receipt, search for its last four digits or its Stripe id.',
    ]);
  return finding('no_subscription', 'info', [
    'No access: this account never started to pay',
    'If the person has a receipt, they paid with another account.',
    'Search for the last four digits of the card or for an id on the receipt.',
  ]);
}
