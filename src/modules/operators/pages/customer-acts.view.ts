import { html, type Html } from 'src/common/http/html';
import type { Case } from 'src/modules/operators/case.service';
import { isLive, type SeenInvoice } from 'src/modules/payments';
import { actForm, card, hidden, moment, money } from './ops-parts';

/** The acts that an operator has for this customer. Each is an operation of the API as well. */
export function actsCard(opened: Case): Html[] {
  const base = `/ops/customers/${opened.user.id}`;
  return [
    card('Access', [syncForm(base), grantForm(base, opened), ...revokeForms(base, opened)]),
    ...moneyActs(base, opened),
    card('Account', accountActs(base, opened)),
  ];
}

const syncForm = (base: string): Html =>
  actForm({
    action: `${base}/sync`,
    name: 'Sync with Stripe',
    submit: 'Sync now',
    text: 'Fetches the current state from Stripe and derives access again. Safe to repeat.',
  });

function grantForm(base: string, { access }: Case): Html {
  const pays = access.granted && access.subscriptionId !== null;
  return actForm({
    action: `${base}/grants`,
    name: 'Grant access',
    submit: 'Grant access',
    text: 'Complimentary access from now on, without a subscription.',
    fields: html`<label>Until (UTC day, empty for no end)<input type="date" name="ends_on" /></label>`,
    confirm: pays ? 'This customer has access by paying. Grant anyway.' : undefined,
  });
}

function revokeForms(base: string, { facts: { grants }, decidedAt }: Case): Html[] {
  const running = grants.filter(
    ({ revokedAt, endsAt }) => revokedAt === null && (endsAt === null || endsAt > decidedAt),
  );
  return running.map((grant) =>
    actForm({
      action: `${base}/grants/${grant.id}/revoke`,
      name: `Revoke the grant of ${moment(grant.startsAt)}`,
      submit: 'Revoke grant',
      text: 'Takes effect with the next request of the customer.',
      danger: true,
    }),
  );
}

function moneyActs(base: string, opened: Case): Html[] {
  const live = opened.subscriptions.filter(({ status }) => isLive(status));
  const forms = [
    ...(live.length > 1 ? live.map(({ id }) => doubleForm(base, id)) : []),
    ...(live.some(({ cancelAt }) => cancelAt === null) ? [cancelAtEndForm(base)] : []),
    ...(live.some(({ cancelAt }) => cancelAt !== null) ? [resumeForm(base)] : []),
    ...live.map(({ id }) => cancelNowForm(base, id)),
    ...opened.invoices.filter(isRefundable).map((invoice) => refundForm(base, invoice)),
  ];
  return forms.length === 0 ? [] : [card('Money', forms)];
}

const doubleForm = (base: string, id: string): Html =>
  actForm({
    action: `${base}/resolve-double`,
    name: `End and refund ${id}`,
    submit: 'End and refund',
    text: 'They pay twice. Ends this subscription now and returns its last payment; the other one stays.',
    fields: hidden({ subscription_id: id }),
    confirm: `End ${id} and return its last payment. This cannot be undone.`,
    danger: true,
  });

const cancelAtEndForm = (base: string): Html =>
  actForm({
    action: `${base}/cancel`,
    name: 'Cancel at the period end',
    submit: 'Cancel at the period end',
    text: 'Stops every renewal. What is paid stays.',
    confirm: 'Stop the renewal of this customer.',
  });

const resumeForm = (base: string): Html =>
  actForm({
    action: `${base}/resume`,
    name: 'Resume',
    submit: 'Resume',
    text: 'Undoes the scheduled cancellation. The subscription renews again.',
  });

const cancelNowForm = (base: string, id: string): Html =>
  actForm({
    action: `${base}/cancel`,
    name: `Cancel ${id} now`,
    submit: 'Cancel now',
    text: 'Ends the subscription and the collection of what it owes. It refunds nothing.',
    fields: hidden({ subscription_id: id }),
    confirm: `End ${id} now. This cannot be undone.`,
    danger: true,
  });

const refundedOf = ({ payments }: SeenInvoice): number =>
  payments.reduce((sum, { refundedMinor }) => sum + refundedMinor, 0);

const isRefundable = (invoice: SeenInvoice): boolean => invoice.paidMinor > refundedOf(invoice);

function refundForm(base: string, invoice: SeenInvoice): Html {
  const leftMinor = invoice.paidMinor - refundedOf(invoice);
  const left = money(leftMinor, invoice.currency);
  return actForm({
    action: `${base}/refund`,
    name: `Refund ${invoice.number ?? invoice.id}, up to ${left}`,
    submit: 'Refund',
    text: 'A full refund revokes the period that the invoice paid.',
    fields: html`${hidden({ invoice: invoice.id, left: String(leftMinor) })}<label
        >Amount in cents, empty for all<input name="amount" inputmode="numeric" pattern="[0-9]*"
      /></label>`,
    confirm: `Return up to ${left}. This cannot be undone.`,
    danger: true,
  });
}

function accountActs(base: string, { user }: Case): Html[] {
  const customer = user.stripeCustomerId;
  return [
    actForm({
      action: `${base}/resend-email`,
      name: 'Send an email again',
      submit: 'Send',
      text: 'Earlier links of the same kind expire.',
      fields: html`<label
        >Email<select name="email">
          <option value="verification">Verify the address</option>
          <option value="password_reset">Set a new password</option>
        </select></label
      >`,
    }),
    actForm({
      action: `${base}/rename`,
      name: 'Rename',
      submit: 'Rename',
      text: 'Certificates that were issued keep the earlier name.',
      fields: html`<label
        >Name<input name="full_name" required maxlength="200" value="${user.fullName}"
      /></label>`,
    }),
    customer === null ? bindForm(base) : unbindForm(base, customer),
    actForm({
      action: `${base}/end-sessions`,
      name: 'Sign out everywhere',
      submit: 'Sign out everywhere',
      text: 'Browsers, API clients and connected applications.',
      confirm: 'The customer must sign in again, also in ChatGPT.',
      danger: true,
    }),
  ];
}

const bindForm = (base: string): Html =>
  actForm({
    action: `${base}/bind`,
    name: 'Bind a Stripe customer',
    submit: 'Bind',
    text: 'For a payment of a customer that belongs to no account. What it paid counts from then on.',
    fields: html`<label
      >Customer<input name="customer_id" required pattern="cus_\\w+" placeholder="cus_…"
    /></label>`,
    confirm: 'This payment was made by this person.',
  });

const unbindForm = (base: string, customer: string): Html =>
  actForm({
    action: `${base}/unbind`,
    name: `Unbind ${customer}`,
    submit: 'Unbind',
    text: 'Only without a live subscription. The next purchase makes a new customer.',
    fields: hidden({ customer_id: customer }),
    confirm: 'Unbind this customer.',
    danger: true,
  });
