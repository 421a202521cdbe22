import type { StoredAlert } from './persistence/alerts.repository';

export type AlertChange = 'opened' | 'closed';

const minutes = (from: Date, to: Date): number =>
  Math.max(1, Math.round((to.getTime() - from.getTime()) / 60_000));

/** One line for a person, without personal data: reasons hold counts and Stripe's ids. */
export function describeAlert(alert: StoredAlert, change: AlertChange): string {
  if (change === 'opened') return `ALERT ${alert.alert}: ${alert.reason}`;
  return `OVER ${alert.alert}: ended after ${minutes(alert.openedAt, alert.closedAt ?? alert.lastSeenAt)} min`;
}

/** The entry of the runbook, in the repository. */
export const runbookOf = ({ alert }: Pick<StoredAlert, 'alert'>): string =>
  `docs/runbooks/alerts.md#${alert}`;
