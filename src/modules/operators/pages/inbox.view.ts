import { html, type Html } from 'src/common/http/html';
import { EVENT_STATUSES, type EventSummary, type RefusedCause } from 'src/modules/webhooks';
import type { InboxQuery } from './inbox.schema';
import { opsPage } from './ops-frame';
import { badge, card, hidden, table, time, words, type Tone } from './ops-parts';

export const STATUS_TONES: Readonly<Record<string, Tone>> = {
  dead: 'bad',
  quarantined: 'bad',
  pending: 'warn',
  processed: 'good',
};

export interface InboxPage {
  readonly query: InboxQuery;
  readonly events: readonly EventSummary[];
  /** Deliveries that the webhook refused, by cause. */
  readonly refused: readonly RefusedCause[];
  readonly olderPath: string | undefined;
}

export function inboxPage({ query, events, refused, olderPath }: InboxPage): string {
  const older = olderPath === undefined ? undefined : html`<p><a href="${olderPath}">Older events</a></p>`;
  return opsPage({
    title: 'Inbox',
    section: '/ops/inbox',
    body: html`<h1>Inbox</h1>
      <p class="lead">Every event that Stripe delivered, newest first.</p>
      ${card('Filter', filters(query))}
      ${card('Events', html`${table(['Event', 'Status', 'Customer', 'Received', 'Attempts', 'Error'], events.map(row), 'No event matches.')}${older}`)}
      ${batchCard(query)} ${refusedCard(refused)}`,
  });
}

const CAUSES: Readonly<Record<string, string>> = {
  missing: 'No signature: it did not come from Stripe, or a proxy removes the header.',
  malformed: 'The signature header cannot be read.',
  mismatch: 'Wrong signature: the secret here is not the one of the endpoint, or somebody guesses.',
  stale: 'Signed more than five minutes ago: a late delivery, or the clock here is wrong.',
  future: 'Signed in the future: the clock here is wrong.',
  wrong_mode: 'A test event for live keys, or the other way round: the endpoint belongs to the other mode.',
  not_an_event: 'Signed, but no event: check what else uses the secret.',
};

const refusedCard = (refused: readonly RefusedCause[]): Html =>
  card(
    'Refused deliveries of the last 30 days',
    table(
      ['Cause', 'Count', 'Last'],
      refused.map(({ cause, count, lastAt }) => [
        html`${badge(words(cause), 'warn')}<br /><span class="soft">${CAUSES[cause] ?? ''}</span>`,
        count,
        time(lastAt) ?? '',
      ]),
      'None was refused.',
    ),
  );

function filters({ status, type, customer_id: customerId, since }: InboxQuery): Html {
  const options = EVENT_STATUSES.map((name) =>
    name === status ? html`<option selected>${name}</option>` : html`<option>${name}</option>`,
  );
  return html`<form class="filters" action="/ops/inbox">
    <label
      >Status<select name="status">
        <option value="">any</option>
        ${options}
      </select></label
    >
    <label>Type<input name="type" value="${type}" placeholder="invoice.paid" /></label>
    <label>Customer<input name="customer_id" value="${customerId}" placeholder="cus_…" /></label>
    <label>Received since<input type="date" name="since" value="${since}" /></label><button>Filter</button>
  </form>`;
}

/** A replay of what the filter names, which begins with a dry run. */
function batchCard({ status, type, customer_id: customerId, since }: InboxQuery): Html {
  const replayed = status === 'ignored' || status === 'processed' ? status : 'dead';
  return card(
    `Replay all ${replayed} events of this filter`,
    html`<form method="post" action="/ops/inbox/replay">
      ${hidden({ status: replayed, type, customer_id: customerId, since })}
      <p class="soft">The oldest 500. The next page shows what would change, before anything is queued.</p>
      <label
        >Reason, for the audit log<input
          name="reason"
          required
          minlength="3"
          maxlength="500"
          autocomplete="off"
      /></label>
      <button name="act" value="dry_run">Show what would change</button>
    </form>`,
  );
}

const row = (event: EventSummary) => [
  html`<a href="/ops/inbox/${event.id}">${event.type}</a><br /><span class="soft">${event.eventId}</span>`,
  html`${badge(event.status, STATUS_TONES[event.status])}${event.statusReason === null ? '' : html`<br /><span class="soft">${words(event.statusReason)}</span>`}`,
  event.customerId === null ? '' : html`<a href="/ops/search?q=${event.customerId}">${event.customerId}</a>`,
  time(event.receivedAt),
  event.attempts + event.outages + event.crashes || '',
  event.lastError ?? '',
];
