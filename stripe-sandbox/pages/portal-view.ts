import { formatCadence, formatMoney } from '../billing/money';
import type { World } from '../core/world';
import { getCustomer } from '../resources/customers/customer';
import { type InvoiceRecord, invoices } from '../resources/invoices/invoice';
import { paymentMethods } from '../resources/payment-methods/payment-method';
import { type PriceRecord, prices } from '../resources/prices/price';
import { products } from '../resources/products/product';
import { featuresOf, livingSubscriptions, offersFor } from '../resources/portal/actions';
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
  const living = livingSubscriptions(world, session);
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

function shell(session: PortalSession, content: Html): Html {
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
  const item = subscription.items.data[0];
  const price = item?.price;
  const canCancel = featuresOf(world, session).subscription_cancel.enabled;
  const ends = subscription.cancel_at;
  return html`<section class="box">
    <h3>${price ? nameOf(world, price) : 'Subscription'}</h3>
    <p class="price"><b>${price ? priceText(price) : ''}</b></p>
    <p>${statusText(subscription)}</p>
    ${
      ends === null
        ? canCancel
          ? action(session, { act: 'cancel', subscription: subscription.id }, 'Cancel plan')
          : null
        : action(session, { act: 'resume', subscription: subscription.id }, 'Do not cancel')
    }
    ${offersFor(world, session, subscription).map((offer) =>
      action(
        session,
        { act: 'preview', subscription: subscription.id, price: offer.id },
        `Change to ${nameOf(world, offer)}, ${priceText(offer)}`,
      ),
    )}
  </section>`;
}

function statusText(subscription: SubscriptionRecord): string {
  const { end } = currentPeriod(subscription);
  if (subscription.cancel_at !== null) return `Your plan ends on ${date(subscription.cancel_at)}.`;
  if (subscription.status === 'past_due') return 'Your last payment failed. Please update your card.';
  if (subscription.status === 'trialing') return `Your trial ends on ${date(end)}.`;
  if (subscription.status === 'paused') return 'Your plan is paused.';
  return `Your plan renews on ${date(end)}.`;
}

function action(session: PortalSession, { isMain, ...fields }: Record<string, string>, label: string): Html {
  const hidden = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  );
  return html`<form method="post" action="/p/session/${session.id}">
    ${hidden}<button class="pay${isMain ? '' : ' quiet'}" type="submit">${label}</button>
  </form>`;
}

function nameOf(world: World, price: PriceRecord): string {
  return price.nickname ?? products(world).find(price.product)?.name ?? 'Plan';
}

function priceText(price: PriceRecord): string {
  const every = price.recurring ? ` per ${formatCadence(price.recurring)}` : '';
  return `${formatMoney(price.unit_amount, price.currency)}${every}`;
}

function methodBox(world: World, { session, form = EMPTY_FORM, errors = {} }: PortalView): Html {
  const customer = getCustomer(world, session.customer);
  const own = livingSubscriptions(world, session)[0]?.default_payment_method;
  const card = paymentMethods(world).find(
    own ?? customer.invoice_settings.default_payment_method ?? '',
  )?.card;
  const canChange = featuresOf(world, session).payment_method_update.enabled;
  const isOpen = Object.keys(errors).some((name) => name !== 'form');
  return html`<section class="box">
    <p>
      ${card ? `${card.brand} •••• ${card.last4}, expires ${card.exp_month}/${card.exp_year}` : 'No card yet.'}
    </p>
    ${
      canChange
        ? html`<details ${isOpen ? 'open' : ''}>
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

/** Asks before a plan is changed, with what it costs. */
export function confirmPage(
  world: World,
  session: PortalSession,
  wanted: { subscription: string; price: string; preview: InvoiceRecord },
): string {
  const { preview } = wanted;
  const price = prices(world).find(wanted.price);
  const isNow = preview.billing_reason === 'subscription_update';
  const lines = preview.lines.data.map(
    (line) =>
      html`<tr>
        <td>${line.description}</td>
        <td>${formatMoney(line.amount, line.currency)}</td>
      </tr>`,
  );
  const fields = { isMain: 'yes', act: 'change', subscription: wanted.subscription, price: wanted.price };
  const body = shell(
    session,
    html`<section class="box">
      <h3>Change to ${price ? `${nameOf(world, price)}, ${priceText(price)}` : 'another plan'}</h3>
      <table class="facts">
        ${lines}
        <tr>
          <td>${isNow ? 'Due today' : 'On your next invoice'}</td>
          <td>${formatMoney(preview.amount_due, preview.currency)}</td>
        </tr>
      </table>
      ${action(session, fields, 'Confirm')}
      <a href="/p/session/${session.id}">Keep my plan</a>
    </section>`,
  );
  return page('Confirm your change', CHECKOUT_STYLES + PORTAL_STYLES, body);
}
