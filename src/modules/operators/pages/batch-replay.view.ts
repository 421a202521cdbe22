import { html, type Html } from 'src/common/http/html';
import type { BatchReplay } from 'src/modules/operators/batch-replay.service';
import type { SyncPreview } from 'src/modules/operators/sync-preview.service';
import type { BatchForm } from './inbox.schema';
import { opsPage } from './ops-frame';
import { badge, card, hidden, table, words } from './ops-parts';

/** The result of a dry run, with the button that replays; or what was replayed. */
export function batchReplayPage(form: BatchForm, result: BatchReplay): string {
  const title = result.dryRun ? 'What a replay would change' : 'Events are queued again';
  const count = `${result.ids.length} ${form.status} events of ${result.customerIds.length} customers`;
  return opsPage({
    title,
    section: '/ops/inbox',
    body: html`<h1>${title}</h1>
      <p class="lead">${count}</p>
      ${result.dryRun ? changes(form, result) : undefined}
      <p><a href="/ops/inbox">Back to the inbox</a></p>`,
  });
}

function changes(
  { reason, status, type, customer_id: customerId, since }: BatchForm,
  result: BatchReplay,
): Html {
  const fields = hidden({ reason, status, type, customer_id: customerId, since });
  const replay =
    result.ids.length === 0
      ? undefined
      : html`<form method="post" action="/ops/inbox/replay">
          ${fields}<button name="act" value="replay">Replay ${result.ids.length} events</button>
        </form>`;
  return html`${card('The first ten customers', table(['Customer', 'Access now', 'After a replay', ''], result.previews.map(row), 'No customer of an account is affected.'))}${replay}`;
}

const row = ({ userId, customerId, before, after }: SyncPreview) => {
  const same =
    before.granted === after.granted && before.state === after.state && before.reason === after.reason;
  return [
    html`<a href="/ops/customers/${userId}">${customerId}</a>`,
    `${words(before.state)}: ${words(before.reason)}`,
    `${words(after.state)}: ${words(after.reason)}`,
    same ? badge('no change') : badge('changes', 'warn'),
  ];
};
