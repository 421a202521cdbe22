import { formatDay, formatMoney } from 'src/common/domain/money';
import { formMarkup } from 'src/common/http/form-page';
import { escapeHtml } from 'src/common/http/page';
import type { PersonalBilling, PlanSummary } from 'src/modules/payments';

type Invoice = PersonalBilling['invoices'][number];
type State = PersonalBilling['access']['state'];

const STATE_WORDS: Record<State, string> = {
  none: 'Free',
  pending: 'Payment not completed',
  trialing: 'Premium trial',
  active: 'Premium',
  canceling: 'Premium, canceled',
  past_due: 'Payment failed',
  expired: 'Premium ended',
  revoked: 'Premium revoked',
};

/** Plan, next charge, card, what can be done about them, and the invoices. */
export function billingSections(billing: PersonalBilling, plans: readonly PlanSummary[]): string {
  return `<h2>Your plan</h2>
<dl>${planFacts(billing)
    .map(([term, text]) => `<dt>${term}</dt><dd>${escapeHtml(text)}</dd>`)
    .join('')}</dl>
${nextStep(billing, plans)}
${billing.invoices.length === 0 ? '' : invoices(billing)}`;
}

function planFacts(billing: PersonalBilling): [string, string][] {
  const { card } = billing;
  const facts: [string, string][] = [
    ['Plan', planName(billing)],
    ...untilFact(billing),
    ...chargeFact(billing),
    ...changeFact(billing),
  ];
  if (card !== undefined)
    facts.push(['Card that paid last', `${capital(card.brand ?? 'card')} ending in ${card.last4}`]);
  return facts;
}

function planName({ access: { state, reason, granted }, subscription }: PersonalBilling): string {
  if (reason === 'complimentary') return 'Premium, a gift';
  const plan = subscription?.plan ?? undefined;
  return plan === undefined || !granted ? STATE_WORDS[state] : `${STATE_WORDS[state]}, ${plan}`;
}

function untilFact({ access: { until, granted, state }, nextCharge }: PersonalBilling): [string, string][] {
  const renews = granted && nextCharge !== undefined && state === 'active';
  if (until === null || renews) return [];
  return [[granted ? 'Premium until' : 'Premium ended', formatDay(until)]];
}

function chargeFact({ access, nextCharge }: PersonalBilling): [string, string][] {
  if (nextCharge === undefined || !access.granted) return [];
  return [['Next charge', chargeText(nextCharge)]];
}

function chargeText({ at, price }: NonNullable<PersonalBilling['nextCharge']>): string {
  const amount =
    price === undefined ? '' : `, ${formatMoney(price.amountMinor, price.currency)} before discounts and tax`;
  return `${formatDay(at)}${amount}`;
}

const changeFact = ({ scheduledChange }: PersonalBilling): [string, string][] =>
  scheduledChange === undefined
    ? []
    : [['Changes to', `${capital(scheduledChange.plan)} on ${formatDay(scheduledChange.at)}`]];

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const link = (href: string, label: string): string => `<li><a href="${href}">${label}</a></li>`;

/** What the student can do now, the most useful first. */
function nextStep(billing: PersonalBilling, plans: readonly PlanSummary[]): string {
  const { access, subscription } = billing;
  switch (access.state) {
    case 'none':
    case 'pending':
      return buy(plans);
    case 'expired':
      return access.nextAction === 'update_payment_method'
        ? pay('Premium is closed until you pay.')
        : buy(plans);
    case 'past_due':
      return pay('We could not charge your card.');
    case 'canceling':
      return `${resumption(billing)}${changes(billing, plans)}${manage()}`;
    case 'revoked':
      return '<p>Contact support if you think that this is a mistake. The address is in the terms.</p>';
    case 'active':
    case 'trialing':
      return subscription === undefined
        ? ''
        : `${changes(billing, plans)}${manage(link('/account/subscription/cancel', 'Cancel the subscription'))}`;
  }
}

function resumption({ resumedCharge }: PersonalBilling): string {
  const price =
    resumedCharge === undefined
      ? ''
      : `<p>If you resume it, the subscription renews: ${escapeHtml(chargeText(resumedCharge))}.</p>`;
  return `${price}${formMarkup({ action: '/account/subscription/resume', submit: 'Resume the subscription' })}`;
}

/** Leads to an offer, which changes nothing yet. */
function changes({ subscription, scheduledChange }: PersonalBilling, plans: readonly PlanSummary[]): string {
  const other = (plan: string): boolean =>
    scheduledChange === undefined ? plan !== subscription?.plan : plan === subscription?.plan;
  if (subscription === undefined || subscription.plan === null) return '';
  return plans
    .filter(({ plan }) => other(plan))
    .map(({ plan }) =>
      formMarkup({
        action: '/account/plan/preview',
        submit: `${scheduledChange === undefined ? 'Switch to' : 'Keep'} the ${plan} plan`,
        hidden: { plan },
        tone: 'quiet',
      }),
    )
    .join('');
}

const pay = (why: string): string =>
  `<div class="notice open">${why} <a href="/account/pay">Pay or change your card</a></div>`;

const manage = (more = ''): string =>
  `<ul class="links">${link('/account/billing', 'Change your card, and download receipts')}${more}</ul>`;

function buy(plans: readonly PlanSummary[]): string {
  const forms = plans.map(({ plan, interval, amountMinor, currency }) => {
    const price =
      amountMinor === undefined || currency === undefined
        ? ''
        : `, ${formatMoney(amountMinor, currency)} a ${interval}`;
    return formMarkup({
      action: '/account/subscription/buy',
      submit: `Get premium, ${plan}${price}`,
      hidden: { plan },
      tone: plan === 'yearly' ? 'quiet' : 'primary',
    });
  });
  return `<p>Premium opens every chapter with its quiz, and the certificate. It renews until you cancel.</p>${forms.join('')}`;
}

function invoices({ invoices: list, refundRequests }: PersonalBilling): string {
  const open = new Set(
    refundRequests
      .filter(({ status }) => status === 'open' || status === 'approving')
      .map(({ invoiceId }) => invoiceId),
  );
  return `<h2>Invoices</h2><ul class="rows">${list.map((invoice) => invoiceRow(invoice, open.has(invoice.id))).join('')}</ul>`;
}

function invoiceRow(invoice: Invoice, isRequested: boolean): string {
  const { id, number, totalMinor, currency, createdAt } = invoice;
  const isRefundable = invoice.status === 'paid' && invoice.refundedMinor < totalMinor;
  const action = isRequested
    ? '<small>Refund requested</small>'
    : isRefundable
      ? `<a href="/account/refund?invoice=${encodeURIComponent(id)}">Request a refund</a>`
      : invoice.status === 'open'
        ? '<a href="/account/pay">Pay</a>'
        : '';
  return `<li><div><strong>${formatMoney(totalMinor, currency)}, ${invoiceStatus(invoice)}</strong><small>${escapeHtml(
    `${formatDay(createdAt)}${number === null ? '' : ` · ${number}`}`,
  )}</small></div>${action}</li>`;
}

function invoiceStatus({ status, refundedMinor, totalMinor, currency }: Invoice): string {
  if (refundedMinor >= totalMinor) return 'refunded';
  if (refundedMinor > 0) return `paid, ${formatMoney(refundedMinor, currency)} refunded`;
  return (
    { paid: 'paid', open: 'not paid', void: 'canceled', uncollectible: 'not collected' }[status] ?? status
  );
}
