import { html, type Html } from 'src/common/http/html';
import type { Case } from 'src/modules/operators/case.service';
import type { Finding } from 'src/modules/operators/domain/case-facts';
import type { TimelineEntry } from 'src/modules/operators/user-timeline.service';
import { actsCard } from './customer-acts.view';
import { moneyCards } from './customer-money.view';
import { opsPage } from './ops-frame';
import { badge, card, facts, time, words } from './ops-parts';
import { timelineCard } from './timeline.view';

export interface CustomerPage {
  readonly opened: Case;
  readonly timeline: readonly TimelineEntry[];
  readonly olderPath: string | undefined;
  readonly notice: string | undefined;
}

/** One customer: why there is access or not, what was paid, what happened, and what an operator can do. */
export function customerPage({ opened, timeline, olderPath, notice }: CustomerPage): string {
  const { user, access } = opened;
  const state = badge(access.granted ? 'has access' : 'no access', access.granted ? 'good' : 'bad');
  return opsPage({
    title: user.email,
    section: '/ops/lists/newest_premium',
    notice,
    body: html`<h1>${user.fullName} ${state}</h1>
      <p class="lead">${user.email}</p>
      <div class="cols">
        <div>
          ${opened.findings.map(findingPart)}${moneyCards(opened)}${timelineCard(timeline, olderPath)}
        </div>
        <div>${actsCard(opened)}${profileCard(opened)}${causeCard(opened)}</div>
      </div>`,
  });
}

export const findingPart = ({ tone, title, text, code }: Finding): Html =>
  html`<section class="finding ${tone}" data-finding="${code}">
    <b>${title}</b>
    <p>${text}</p>
  </section>`;

function profileCard({ user, customers, unfinishedEvents }: Case): Html {
  return card(
    'Account',
    facts([
      ['User', html`<code>${user.id}</code>`],
      ['Role', user.role],
      ['Email', user.emailVerifiedAt === null ? badge('not verified', 'warn') : badge('verified', 'good')],
      ['Created', time(user.createdAt)],
      [
        'Customer',
        customers.map(
          ({ id, current, lastSyncedAt }) =>
            html`<div>
              <a href="/ops/inbox?customer_id=${id}"><code>${id}</code></a>
              ${current ? '' : badge('former')}<br />
              <span class="soft"
                >${lastSyncedAt === null ? 'never synced' : html`synced ${time(lastSyncedAt)}`}</span
              >
            </div>`,
        ),
      ],
      ['Events', `${unfinishedEvents.pending} pending, ${unfinishedEvents.dead} dead`],
    ]),
  );
}

function causeCard({ facts: { lastTransition: last }, causeRowId }: Case): Html | undefined {
  if (last === undefined) return undefined;
  const cause = html`${words(last.cause.kind)} <code>${last.cause.id}</code>`;
  return card(
    'Last change of access',
    facts([
      ['Change', `${words(last.from)} → ${words(last.to)}`],
      ['Reason', words(last.reason)],
      ['When', time(last.createdAt)],
      ['Cause', causeRowId === undefined ? cause : html`<a href="/ops/inbox/${causeRowId}">${cause}</a>`],
    ]),
  );
}
