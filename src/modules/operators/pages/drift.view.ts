import { html } from 'src/common/http/html';
import type { DriftFinding } from 'src/modules/payments';
import { opsPage } from './ops-frame';
import { actForm, badge, card, table, time, words } from './ops-parts';

export function driftPage(findings: readonly DriftFinding[]): string {
  const repair = actForm({
    action: '/ops/drift/repair',
    name: 'Repair all',
    submit: 'Sync these customers now',
    text: 'Fetches the current state of each customer from Stripe. Safe to repeat.',
    open: true,
  });
  const columns = ['Difference', 'Customer', 'Subscription', 'Here', 'At Stripe', 'Found', 'Repair'];
  return opsPage({
    title: 'Drift',
    section: '/ops/inbox',
    body: html`<h1>Drift</h1>
      <p class="lead">What the last sweep found to differ between Stripe and the database.</p>
      ${findings.length === 0 ? undefined : card('Repair', repair)}
      ${card('Open differences', table(columns, findings.map(row), 'Nothing differs.'))}`,
  });
}

const row = (finding: DriftFinding) => [
  badge(words(finding.kind), 'warn'),
  html`<a href="/ops/search?q=${finding.customerId}">${finding.customerId}</a>`,
  finding.subscriptionId ?? '',
  finding.here ?? 'missing',
  finding.there ?? 'missing',
  time(finding.foundAt),
  time(finding.repairRequestedAt) ?? 'not requested',
];
