import { formatCadence, formatMoney } from '../billing/money';
import { customers } from '../resources/customers/customer';
import { type EventRecord, events } from '../resources/events/event';
import {
  currentPeriod,
  type SubscriptionRecord,
  subscriptions,
} from '../resources/subscriptions/subscription';
import type { Sandbox } from '../sandbox';
import type { Delivery } from '../webhooks/delivery';
import { type Html, html, page } from './html';
import { badge } from './badge';
import { apiSection, deliverySection } from './fault-view';
import { CONTROL_STYLES } from './styles';

const SHOWN = 40;

export function controlPage(sandbox: Sandbox): string {
  const body = html`<main>
    <header>
      <h1>Stripe sandbox</h1>
      <span class="badge">no real money</span>
    </header>
    ${clockSection(sandbox)}
    <div class="two">${deliverySection(sandbox)}${apiSection(sandbox)}</div>
    ${customerSection(sandbox)} ${eventSection(sandbox)}
  </main>`;
  return page('Stripe sandbox', CONTROL_STYLES, body);
}

function clockSection({ world: { clock } }: Sandbox): Html {
  const days = Math.floor(clock.offset / 86_400);
  const step = (value: string, label: string) => html`<button name="step" value="${value}">${label}</button>`;
  return html`<section>
    <h2>Clock</h2>
    <p class="clock">${moment(clock.now())}</p>
    <p class="muted">
      ${clock.offset === 0 ? 'Real time' : `${days} days and ${Math.floor((clock.offset % 86_400) / 3600)} hours ahead of real time`}.
      Moving it runs renewals, retries and cancellations that fall due.
    </p>
    <form method="post" action="/control/clock">
      ${step('hour', '+1 hour')}${step('day', '+1 day')}${step('week', '+1 week')}${step('month', '+1 month')}
    </form>
  </section>`;
}

function customerSection({ world }: Sandbox): Html {
  const rows = customers(world)
    .newestFirst()
    .first(SHOWN)
    .map((customer) => {
      const owned = subscriptions(world).where('customer', customer.id).reverse();
      return html`<tr>
        <td>
          ${customer.email ?? '–'}<br /><code>${customer.id}</code>
          ${customer.deleted ? badge('deleted') : null}
        </td>
        <td>${owned.length === 0 ? '–' : owned.map((subscription) => subscriptionLine(subscription))}</td>
      </tr>`;
    });
  return html`<section>
    <h2>Customers and subscriptions</h2>
    ${
      rows.length === 0
        ? html`<p class="muted">Nobody yet. Create a customer or a Checkout Session with the API.</p>`
        : html`<table>
            <tr>
              <th>Customer</th>
              <th>Subscriptions</th>
            </tr>
            ${rows}
          </table>`
    }
  </section>`;
}

function subscriptionLine(subscription: SubscriptionRecord): Html {
  const price = subscription.items.data[0]?.price;
  const cost = price?.recurring
    ? `${formatMoney(price.unit_amount, price.currency)} / ${formatCadence(price.recurring)}`
    : '';
  const end =
    subscription.ended_at !== null
      ? `ended ${moment(subscription.ended_at)}`
      : subscription.cancel_at !== null
        ? `ends ${moment(subscription.cancel_at)}`
        : `period until ${moment(currentPeriod(subscription).end)}`;
  return html`<div>
    ${badge(subscription.status)} ${cost} <span class="muted">${end}</span> <code>${subscription.id}</code>
  </div>`;
}

function eventSection({ world, dispatcher }: Sandbox): Html {
  const byEvent = new Map<string, Delivery[]>();
  for (const delivery of dispatcher.list()) {
    byEvent.set(delivery.event, [...(byEvent.get(delivery.event) ?? []), delivery]);
  }
  const rows = events(world)
    .newestFirst()
    .first(SHOWN)
    .map((event) => eventRow(event, byEvent.get(event.id) ?? []));
  return html`<section>
    <h2>Events and deliveries</h2>
    ${
      rows.length === 0
        ? html`<p class="muted">Nothing has happened yet.</p>`
        : html`<table>
            <tr>
              <th>Time</th>
              <th>Event</th>
              <th>About</th>
              <th>Delivery</th>
            </tr>
            ${rows}
          </table>`
    }
  </section>`;
}

function eventRow(event: EventRecord, deliveries: Delivery[]): Html {
  const about = (event.data.object as { id?: string }).id ?? '–';
  return html`<tr>
    <td>${moment(event.created)}</td>
    <td>${event.type}<br /><code>${event.id}</code></td>
    <td><code>${about.length > 32 ? `${about.slice(0, 32)}…` : about}</code></td>
    <td>${deliveries.map((delivery) => deliveryLine(delivery))}</td>
  </tr>`;
}

function deliveryLine(delivery: Delivery): Html {
  const last = delivery.attempts.at(-1);
  const answer = last ? (last.status ?? last.error ?? '') : '';
  const times = delivery.attempts.length > 1 ? `, attempt ${delivery.attempts.length}` : '';
  return html`<div>
    ${badge(delivery.state === 'succeeded' ? 'delivered' : delivery.state)}
    <span class="muted">${answer}${times}</span>
  </div>`;
}

function moment(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ');
}
