import { html, type Html } from 'src/common/http/html';
import type { TodayCounts } from 'src/modules/operators/customer-lists.service';
import { opsPage } from './ops-frame';
import { words, type Tone } from './ops-parts';

export interface TodayPage {
  readonly events: { readonly pending: number; readonly dead: number };
  readonly counts: TodayCounts;
  /** Differences between Stripe and the database. */
  readonly drift: number;
}

const TASK_LISTS: Readonly<Record<string, string>> = {
  unmatched_payment: '/ops/lists/unmatched_payments',
  double_subscription: '/ops/lists/two_subscriptions',
};

export function todayPage({ events, counts: { lists, tasks, refundRequests }, drift }: TodayPage): string {
  return opsPage({
    title: 'Today',
    section: '/ops',
    body: html`<h1>Today</h1>
      <p class="lead">What needs a person now. Search above for a customer.</p>
      <div class="tiles">
        ${tile('/ops/inbox?status=dead', 'dead events', { count: events.dead, tone: 'bad' })}
        ${tile('/ops/drift', 'differ from Stripe', { count: drift, tone: 'bad' })}
        ${tile('/ops/lists/two_subscriptions', 'charged twice', { count: lists.two_subscriptions, tone: 'bad' })}
        ${tile('/ops/lists/disputes', 'open disputes', { count: lists.disputes, tone: 'bad' })}
        ${tile('/ops/refund-requests', 'refund requests', { count: refundRequests, tone: 'warn' })}
        ${tile('/ops/lists/past_due', 'past due', { count: lists.past_due, tone: 'warn' })}
        ${tile('/ops/lists/losing_access', 'losing access in 7 days', { count: lists.losing_access, tone: 'warn' })}
        ${tile('/ops/inbox?status=pending', 'pending events', { count: events.pending, tone: 'info' })}
        ${tasks
          .filter(({ kind }) => kind !== 'double_subscription')
          .map(({ kind, count }) =>
            tile(TASK_LISTS[kind] ?? '/ops/tasks', `tasks: ${words(kind)}`, { count, tone: 'warn' }),
          )}
      </div>`,
  });
}

/** A number that leads to its list; coloured only when it is not zero. */
const tile = (href: string, name: string, { count, tone }: { count: number; tone: Tone }): Html =>
  html`<a class="tile ${count === 0 ? '' : tone}" href="${href}"><b>${count}</b>${name}</a>`;
