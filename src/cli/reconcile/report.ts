import { DRIFT_KINDS, type Drift, type SweepReport } from 'src/modules/payments';

const MOST_LINES = 100;

/** The report of a sweep as text. */
export function formatReport(report: SweepReport | 'busy' | Error, dryRun: boolean): string {
  if (report === 'busy') return 'Another process is sweeping. Try again when it has finished.';
  if (report instanceof Error) return `The sweep failed: ${report.message}. Nothing was changed.`;
  const { subscriptions, customers, requests, durationMs, drift } = report;
  const seconds = (durationMs / 1000).toFixed(1);
  const lines = [
    `Compared ${subscriptions} subscriptions and ${customers} customers with ${requests} requests in ${seconds} s.`,
  ];
  if (drift.length === 0) return [...lines, 'The database agrees with Stripe.'].join('\n');
  const shown = drift.slice(0, MOST_LINES).map(formatDrift);
  if (drift.length > MOST_LINES) shown.push(`... and ${drift.length - MOST_LINES} more`);
  return [...lines, countKinds(drift), ...shown, formatOutcome(report, dryRun)].join('\n');
}

/** 0: everything agrees, or was repaired. 1: something differs. 2: the sweep did not run. */
export function exitCodeOf(report: SweepReport | 'busy' | Error): number {
  if (report === 'busy' || report instanceof Error) return 2;
  return report.open === 0 ? 0 : 1;
}

function countKinds(drift: readonly Drift[]): string {
  const counts = DRIFT_KINDS.map((kind) => ({
    kind,
    count: drift.filter((found) => found.kind === kind).length,
  }));
  const named = counts.filter(({ count }) => count > 0).map(({ kind, count }) => `${kind} ${count}`);
  return `Found ${drift.length} differences: ${named.join(', ')}.`;
}

const formatDrift = ({ kind, customerId, subscriptionId, here, there }: Drift): string =>
  `  ${kind.padEnd(13)} ${customerId} ${subscriptionId ?? '-'} here: ${here ?? '-'} there: ${there ?? '-'}`;

function formatOutcome({ outcome, repairs, open }: SweepReport, dryRun: boolean): string {
  if (outcome === 'not_repaired')
    return 'Nothing was repaired: so much is unknown at Stripe that STRIPE_SECRET_KEY probably belongs to another account.';
  if (dryRun) return 'Dry run: nothing was repaired. Run npm run reconcile to repair.';
  if (open === 0) return `Synced ${repairs} customers. Everything agrees now.`;
  return `Requested a sync of ${repairs} customers. ${open} differences remain: check that a worker runs, and repeat.`;
}
