import { formatCadence, formatMoney } from '../billing/money';
import type { World } from '../core/world';
import { getCustomer } from '../resources/customers/customer';
import { invoices } from '../resources/invoices/invoice';
import { paymentMethods } from '../resources/payment-methods/payment-method';
import type { PriceRecord } from '../resources/prices/price';
import { products } from '../resources/products/product';
import { featuresOf, currentSubscriptions, offersFor } from '../resources/portal/actions';
import type { PortalSession } from '../resources/portal/session';
import { currentPeriod, type SubscriptionRecord } from '../resources/subscriptions/subscription';
import { type CardForm, EMPTY_FORM, type FieldErrors } from './card-form';
import { cardFields, field } from './checkout-fields';
import { type Html, html, page } from './html';
import { CHECKOUT_STYLES, PORTAL_STYLES } from './styles';

export interface PortalView {
  session: PortalSession;
  form?: CardForm;
  errors?: FieldErrors;
}

const date = (seconds: number) =>
  new Date(seconds * 1000).toLocaleDateString('en-US', { dateStyle: 'long', timeZone: 'UTC' });

/** Everything a customer can see and change, on one page. */
export function portalPage(world: World, view: PortalView): string {
  const { session, errors = {} } = view;
  const customer = getCustomer(world, session.customer);
  const features = featuresOf(world, session);
  const living = currentSubscriptions(world, session);
  const body = shell(
    session,
    html`<p class="small">${customer.name} ${customer.email}</p>
      ${errors.form ? html`<p class="banner" role="alert" tabindex="-1" autofocus>${errors.form}</p>` : null}
      <h2>Current plan</h2>
      ${living.length === 0 ? html`<p>There is no active subscription.</p>` : living.map((one) => planBox(world, session, one))}
      <h2>Payment method</h2>
      ${methodBox(world, view)}
      ${
        features.invoice_history.enabled
          ? html`<h2>Invoices</h2>
              ${invoiceTable(world, session)}`
          : null
      }`,
  );
  return page('Billing', CHECKOUT_STYLES + PORTAL_STYLES, body);
}

export function shell(session: PortalSession, content: Html): Html {
  return html`<main class="portal">
    <header>
      <span class="badge">Sandbox</span>
      <h1>Billing</h1>
      ${session.return_url ? html`<a href="${session.return_url}">← Go back</a>` : null}
    </header>
    ${content}
  </main>`;
}

function planBox(world: World, session: PortalSession, subscription: SubscriptionRecord): Html {
  const canCancel = featuresOf(world, session).subscription_cancel.enabled;
  const { id } = subscription;
  const ending =
    subscription.cancel_at !== null
      ? action(session, { act: 'resume', subscription: id }, 'Do not cancel')
      : canCancel
        ? action(session, { act: 'cancel', subscription: id }, 'Cancel plan')
        : null;
  return html`<section class="box">
    ${planText(world, subscription)} ${ending} ${offerActions(world, session, subscription)}
  </section>`;
}

export function planText(world: World, subscription: SubscriptionRecord): Html {
  const price = subscription.items.data[0]?.price;
  return html`<h3>${price ? nameOf(world, price) : 'Subscription'}</h3>
    <p class="price"><b>${price ? priceText(price) : ''}</b></p>
    <p>${statusText(subscription)}</p>`;
}

/** The plans it may be changed to. */
export function offerActions(world: World, session: PortalSession, subscription: SubscriptionRecord): Html[] {
  return offersFor(world, session, subscription).map((offer) =>
    action(
      session,
      { act: 'preview', subscription: subscription.id, price: offer.id },
      `Change to ${nameOf(world, offer)}, ${priceText(offer)}`,
    ),
  );
}

function statusText(subscription: SubscriptionRecord): string {
  const { end } = currentPeriod(subscription);
  if (subscription.cancel_at !== null) return `Your plan ends on ${date(subscription.cancel_at)}.`;
  if (subscription.status === 'past_due') return 'Your last payment failed. Please update your card.';
  if (subscription.status === 'trialing') return `Your trial ends on ${date(end)}.`;
  if (subscription.status === 'paused') return 'Your plan is paused.';
  return `Your plan renews on ${date(end)}.`;
}

/** A button that does one thing. */
export function action(
  session: PortalSession,
  { isMain, ...fields }: Record<string, string>,
  label: string,
): Html {
  const hidden = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  );
  return html`<form method="post" action="/p/session/${session.id}">
    ${hidden}<button class="pay${isMain ? '' : ' quiet'}" type="submit">${label}</button>
  </form>`;
}

export function nameOf(world: World, price: PriceRecord): string {
  return price.nickname ?? products(world).find(price.product)?.name ?? 'Plan';
}

export function priceText(price: PriceRecord): string {
  const every = price.recurring ? ` per ${formatCadence(price.recurring)}` : '';
  return `${formatMoney(price.unit_amount, price.currency)}${every}`;
}

export function methodBox(
  world: World,
  { session, form = EMPTY_FORM, errors = {}, isOpen = false }: PortalView & { isOpen?: boolean },
): Html {
  const customer = getCustomer(world, session.customer);
  const own = currentSubscriptions(world, session)[0]?.default_payment_method;
  const card = paymentMethods(world).find(
    own ?? customer.invoice_settings.default_payment_method ?? '',
  )?.card;
  const canChange = featuresOf(world, session).payment_method_update.enabled;
  const isWrong = Object.keys(errors).some((name) => name !== 'form');
  return html`<section class="box">
    <p>
      ${card ? `${card.brand} •••• ${card.last4}, expires ${card.exp_month}/${card.exp_year}` : 'No card yet.'}
    </p>
    ${
      canChange
        ? html`<details ${isOpen || isWrong ? 'open' : ''}>
            <summary>Update card</summary>
            <form method="post" action="/p/session/${session.id}" novalidate>
              <input type="hidden" name="act" value="card" />
              ${cardFields(form, errors)}
              ${field({ name: 'billingName', label: 'Name on card', value: form.billingName }, errors)}
              <button class="pay" type="submit">Save card</button>
            </form>
          </details>`
        : null
    }
  </section>`;
}

function invoiceTable(world: World, session: PortalSession): Html {
  const rows = invoices(world)
    .where('customer', session.customer)
    .filter((invoice) => invoice.status !== 'draft')
    .reverse()
    .slice(0, 24)
    .map(
      (invoice) =>
        html`<tr>
          <td><a href="${invoice.hosted_invoice_url}">${date(invoice.created)}</a></td>
          <td>${invoice.status}</td>
          <td>${formatMoney(invoice.total, invoice.currency)}</td>
        </tr>`,
    );
  return rows.length === 0
    ? html`<p>No invoices yet.</p>`
    : html`<table class="facts">
        ${rows}
      </table>`;
}
