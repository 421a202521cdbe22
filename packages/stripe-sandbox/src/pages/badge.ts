import { type Html, html } from './html';

const GOOD = new Set(['active', 'trialing', 'succeeded', 'delivered', 'enabled']);
const BAD = new Set(['canceled', 'incomplete_expired', 'unpaid', 'failed', 'dropped']);

/** A state as a coloured word. */
export function badge(state: string): Html {
  const tone = GOOD.has(state) ? 'good' : BAD.has(state) ? 'bad' : 'wait';
  return html`<span class="state ${tone}">${state.replaceAll('_', ' ')}</span>`;
}
