import { type ApiFaults, NO_API_FAULTS } from '../http/api-faults';
import { webhookEndpoints } from '../resources/webhook-endpoints/webhook-endpoint';
import type { Sandbox } from '../sandbox';
import { type DeliveryFaults, NO_DELIVERY_FAULTS } from '../webhooks/faults';
import { badge } from './badge';
import { type Html, html } from './html';

interface Switch<T> {
  label: string;
  /** What is true while it is on. */
  words: string;
  faults: T;
}

export const DELIVERY_SWITCHES: Readonly<Record<string, Switch<DeliveryFaults>>> = {
  drop: { label: 'Drop all', words: 'all dropped', faults: { ...NO_DELIVERY_FAULTS, drop: 1 } },
  duplicate: { label: 'Double all', words: 'all doubled', faults: { ...NO_DELIVERY_FAULTS, duplicate: 1 } },
  reorder: { label: 'Reorder', words: 'reordered', faults: { ...NO_DELIVERY_FAULTS, reorder: 0.5 } },
  delay: { label: 'Delay', words: 'delayed by 5 s', faults: { ...NO_DELIVERY_FAULTS, delay_ms: 5_000 } },
  corrupt: {
    label: 'Corrupt',
    words: 'changed after signing',
    faults: { ...NO_DELIVERY_FAULTS, corrupt: 1 },
  },
  none: { label: 'No faults', words: 'as they come', faults: NO_DELIVERY_FAULTS },
};

export const API_SWITCHES: Readonly<Record<string, Switch<ApiFaults>>> = {
  slow: { label: 'Slow', words: 'answered after 5 s', faults: { ...NO_API_FAULTS, slow_ms: 5_000 } },
  limit: { label: '429', words: 'answered with 429', faults: { ...NO_API_FAULTS, status: 429 } },
  error: { label: '500', words: 'answered with 500', faults: { ...NO_API_FAULTS, status: 500 } },
  cut: { label: 'Cut', words: 'cut before the work', faults: { ...NO_API_FAULTS, cut: true } },
  lose: {
    label: 'Lose replies',
    words: 'cut after the work',
    faults: { ...NO_API_FAULTS, drop_reply: true },
  },
  none: { label: 'No faults', words: 'answered', faults: NO_API_FAULTS },
};

export function deliverySection({ world, dispatcher }: Sandbox): Html {
  const endpoints = webhookEndpoints(world).all();
  const state = dispatcher.isPaused ? 'held back' : wordsOf(DELIVERY_SWITCHES, dispatcher.plan.faults);
  const hold = dispatcher.isPaused ? button('resume', 'Resume') : button('pause', 'Hold back');
  return html`<section>
    <h2>Deliveries</h2>
    ${endpoints.length === 0 ? html`<p class="muted">No webhook endpoint yet.</p>` : null}
    ${endpoints.map(({ url, status }) => html`<p><code>${url}</code> ${badge(status)}</p>`)}
    <p class="muted switches">Now ${state}.</p>
    <form method="post" action="/control/deliveries">${hold}${buttons(DELIVERY_SWITCHES)}</form>
  </section>`;
}

export function apiSection({ apiFaults }: Sandbox): Html {
  return html`<section>
    <h2>Calls of the API</h2>
    <p class="muted switches">Now ${wordsOf(API_SWITCHES, apiFaults.faults)}.</p>
    <form method="post" action="/control/api">${buttons(API_SWITCHES)}</form>
  </section>`;
}

function wordsOf<T extends object>(switches: Readonly<Record<string, Switch<T>>>, current: T): string {
  const same = (faults: T) => JSON.stringify(faults) === JSON.stringify(current);
  return Object.values(switches).find(({ faults }) => same(faults))?.words ?? 'with faults set over the API';
}

function buttons<T>(switches: Readonly<Record<string, Switch<T>>>): Html[] {
  return Object.entries(switches).map(([value, { label }]) => button(value, label));
}

function button(value: string, label: string): Html {
  return html`<button name="action" value="${value}">${label}</button>`;
}
