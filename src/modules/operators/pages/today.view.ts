import { html, type Html } from 'src/common/http/html';
import type { Tone } from './ops-parts';
import { opsPage } from './ops-frame';

export interface TodayPage {
  readonly events: { readonly pending: number; readonly dead: number };
}

export function todayPage({ events }: TodayPage): string {
  return opsPage({
    title: 'Today',
    section: '/ops',
    body: html`<h1>Today</h1>
      <p class="lead">What needs a person now. Search above for a customer.</p>
      <div class="tiles">
        ${tile('/ops/inbox?status=dead', 'dead events', { count: events.dead, tone: 'bad' })}
        ${tile('/ops/inbox?status=pending', 'pending events', { count: events.pending, tone: 'info' })}
      </div>`,
  });
}

/** A number that leads to its list; coloured only when it is not zero. */
const tile = (href: string, name: string, { count, tone }: { count: number; tone: Tone }): Html =>
  html`<a class="tile ${count === 0 ? '' : tone}" href="${href}"><b>${count}</b>${name}</a>`;
