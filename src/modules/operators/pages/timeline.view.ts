import { html, type Html } from 'src/common/http/html';
import type { TimelineEntry } from 'src/modules/operators/user-timeline.service';
import { badge, card, moment, none, time, words, type Tone } from './ops-parts';

type Entry<Kind extends TimelineEntry['kind']> = Extract<TimelineEntry, { kind: Kind }>;

/** What happened, newest first. Runs of ignored events are folded: they changed nothing. */
export function timelineCard(entries: readonly TimelineEntry[], olderPath: string | undefined): Html {
  const items = fold(entries).map((group) =>
    group.length === 1 && group[0] ? item(group[0]) : folded(group),
  );
  const older = olderPath === undefined ? undefined : html`<p><a href="${olderPath}">Older entries</a></p>`;
  const list =
    items.length === 0
      ? none('Nothing happened yet.')
      : html`<ul class="events">
          ${items}
        </ul>`;
  return card('Timeline', html`${list}${older}`);
}

const isIgnored = (entry: TimelineEntry): boolean =>
  entry.kind === 'webhook_event' && entry.status === 'ignored';

function fold(entries: readonly TimelineEntry[]): TimelineEntry[][] {
  const groups: TimelineEntry[][] = [];
  for (const entry of entries) {
    const last = groups.at(-1);
    if (last?.[0] !== undefined && isIgnored(last[0]) && isIgnored(entry)) last.push(entry);
    else groups.push([entry]);
  }
  return groups;
}

const folded = (group: readonly TimelineEntry[]): Html =>
  html`<li>
    ${time(group[0]?.at)}
    <details>
      <summary>${group.length} ignored events</summary>
      <ul class="events">
        ${group.map(item)}
      </ul>
    </details>
  </li>`;

const item = (entry: TimelineEntry): Html =>
  html`<li>
    ${time(entry.at)}
    <div>${describe(entry)}</div>
  </li>`;

function describe(entry: TimelineEntry): Html {
  switch (entry.kind) {
    case 'webhook_event':
      return describeEvent(entry);
    case 'transition':
      return describeTransition(entry);
    case 'stripe_operation':
      return describeOperation(entry);
    case 'grant':
      return html`<p>
          ${badge('grant', 'info')} Complimentary access
          ${entry.endsAt ? html`until ${time(entry.endsAt)}` : 'without end'}
        </p>
        <p class="soft">${entry.reason}</p>`;
    case 'grant_revoked':
      return html`<p>${badge('grant revoked', 'warn')} Complimentary access was revoked</p>`;
    case 'audit':
      return html`<p>
          ${badge('operator', 'info')} ${words(entry.action)} <span class="soft">by ${entry.operatorId}</span>
        </p>
        <p class="soft">${entry.reason}</p>`;
  }
}

const EVENT_TONES: Readonly<Record<string, Tone>> = { dead: 'bad', pending: 'warn', processed: 'good' };

function describeEvent(entry: Entry<'webhook_event'>): Html {
  const done = entry.processedAt ? ` in ${entry.processedAt.getTime() - entry.at.getTime()} ms` : '';
  return html`<p>
      ${badge(entry.status, EVENT_TONES[entry.status])} <a href="/ops/inbox/${entry.id}">${entry.type}</a>
      <span class="soft">${done}</span>
    </p>
    <p class="soft">
      ${entry.eventId}${entry.statusReason === null ? '' : ` · ${words(entry.statusReason)}`}
    </p>`;
}

function describeTransition(entry: Entry<'transition'>): Html {
  const until = entry.until === null ? '' : ` until ${moment(entry.until)}`;
  return html`<p>
      ${badge(entry.granted ? 'access' : 'no access', entry.granted ? 'good' : 'bad')} ${words(entry.from)} →
      <b>${words(entry.to)}</b>: ${words(entry.reason)}${until}
    </p>
    <p class="soft">Cause: ${words(entry.causeKind)} ${entry.causeId}</p>`;
}

function describeOperation(entry: Entry<'stripe_operation'>): Html {
  const tone: Tone = entry.status === 'succeeded' ? 'good' : entry.status === 'failed' ? 'bad' : 'warn';
  const result = entry.errorCode ?? entry.resultId ?? '';
  return html`<p>
      ${badge(`Stripe: ${entry.status}`, tone)} ${words(entry.operation)} <span class="soft">${result}</span>
    </p>
    <p class="soft">Request ${entry.requestId ?? 'unknown'}</p>`;
}
