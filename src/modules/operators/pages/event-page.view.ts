import { html, type Html } from 'src/common/http/html';
import type { EventDetail, FailedAttempt } from 'src/modules/webhooks';
import { STATUS_TONES } from './inbox.view';
import { opsPage } from './ops-frame';
import { actForm, badge, card, facts, table, time, words } from './ops-parts';

export interface EventPage {
  readonly event: EventDetail;
  readonly attempts: readonly FailedAttempt[];
  readonly notice: string | undefined;
}

export function eventPage({ event, attempts, notice }: EventPage): string {
  return opsPage({
    title: event.type,
    section: '/ops/inbox',
    notice,
    body: html`<h1>${event.type} ${badge(event.status, STATUS_TONES[event.status])}</h1>
      <p class="lead">${event.eventId}</p>
      <div class="cols">
        <div>
          ${attemptsCard(attempts)}${card('Payload', html`<pre tabindex="0">${pretty(event.payload)}</pre>`)}
        </div>
        <div>${actsCard(event)}${factsCard(event)}</div>
      </div>`,
  });
}

const attemptsCard = (attempts: readonly FailedAttempt[]): Html =>
  card(
    'Failed attempts',
    table(
      ['When', 'Counts as', 'Error', 'Next attempt'],
      attempts.map(({ failedAt, countsAs, error, nextAttemptAt }) => [
        time(failedAt),
        badge(countsAs, countsAs === 'attempt' ? 'bad' : 'warn'),
        error,
        time(nextAttemptAt) ?? 'none: it was the last',
      ]),
      'No attempt has failed.',
    ),
  );

function actsCard({ id, status }: EventDetail): Html {
  const forms = [
    ...(status === 'dead' || status === 'ignored' ? [replayForm(id, status === 'dead')] : []),
    ...(status === 'dead' || status === 'pending' ? [ignoreForm(id)] : []),
  ];
  const note = status === 'dead' || status === 'ignored' ? undefined : NO_REPLAY[status];
  return card('Acts', html`${note === undefined ? undefined : html`<p class="soft">${note}</p>`}${forms}`);
}

const replayForm = (id: number, open: boolean): Html =>
  actForm({
    action: `/ops/inbox/${id}/replay`,
    name: 'Replay',
    submit: 'Replay now',
    text: 'Queues the event again with new attempts. Fix the cause first.',
    open,
  });

const ignoreForm = (id: number): Html =>
  actForm({
    action: `/ops/inbox/${id}/ignore`,
    name: 'Ignore',
    submit: 'Ignore this event',
    text: 'Nobody processes it any more. A replay takes it back.',
    danger: true,
  });

const NO_REPLAY = {
  pending: 'The event is waiting for its next attempt.',
  processed: 'The event is processed. To fetch the current state from Stripe, sync the customer.',
  quarantined: 'This is not a Stripe event, so it cannot be replayed.',
} as const;

const factsCard = (event: EventDetail): Html =>
  card(
    'Event',
    facts([
      ['Reason', event.statusReason === null ? undefined : words(event.statusReason)],
      [
        'Customer',
        event.customerId === null
          ? undefined
          : html`<a href="/ops/search?q=${event.customerId}">${event.customerId}</a>`,
      ],
      ['Object', event.objectId ?? undefined],
      ['Created', time(event.stripeCreatedAt)],
      ['Received', time(event.receivedAt)],
      ['Next attempt', event.status === 'pending' ? time(event.nextAttemptAt) : undefined],
      ['Processed', time(event.processedAt)],
      ['By', event.processedBy ?? undefined],
      ['Attempts', `${event.attempts} failed, ${event.outages} outages, ${event.crashes} crashes`],
      ['Last error', event.lastError ?? undefined],
      ['Request', html`<code>${event.requestId}</code>`],
      ['API version', event.apiVersion ?? undefined],
    ]),
  );

/** Indented when it is JSON, else as it was received. */
function pretty(payload: string): string {
  try {
    return JSON.stringify(JSON.parse(payload), null, 2);
  } catch {
    return payload;
  }
}
