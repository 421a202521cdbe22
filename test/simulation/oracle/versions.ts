import type { StripeSubscription } from '../stripe/objects';
import type { StripeModel } from '../stripe/stripe-model';

/** A stored subscription, as far as one answer of Stripe decides it. */
export interface StoredVersion {
  readonly id: string;
  readonly status: string;
  readonly period_end: number;
  readonly cancel_at: number | null;
  readonly ended_at: number | null;
  readonly invoice: string | null;
  readonly invoice_status: string | null;
}

export const STORED_VERSIONS = `
  SELECT id, status, extract(epoch FROM current_period_end)::int8::text::float8 AS period_end,
    extract(epoch FROM cancel_at)::float8 AS cancel_at, extract(epoch FROM ended_at)::float8 AS ended_at,
    latest_invoice_id AS invoice, latest_invoice_status AS invoice_status
  FROM subscriptions ORDER BY id`;

/** Every version that each subscription ever had at Stripe: what is stored may only walk forward through them (I10). */
export class Versions {
  private readonly history = new Map<string, string[]>();
  private readonly reached = new Map<string, number>();

  constructor(private readonly model: StripeModel) {}

  note(): void {
    for (const subscription of this.model.subscriptions.values()) {
      const known = this.history.get(subscription.id) ?? [];
      const text = JSON.stringify(this.versionOf(subscription));
      if (known.at(-1) !== text) known.push(text);
      this.history.set(subscription.id, known);
    }
  }

  /** What is wrong with what is stored now, if anything. */
  findFault(stored: readonly StoredVersion[]): string | undefined {
    for (const row of stored) {
      // The members in a fixed order: the driver may have another one.
      const { id, status, period_end, cancel_at, ended_at, invoice, invoice_status } = row;
      const text = JSON.stringify({ id, status, period_end, cancel_at, ended_at, invoice, invoice_status });
      const known = this.history.get(id) ?? [];
      const reached = this.reached.get(id) ?? 0;
      const at = known.indexOf(text, reached);
      if (at >= 0) this.reached.set(id, at);
      else if (known.includes(text)) return `${id} went back to an older version: ${text}`;
      else if (!this.isOfDeletedCustomer(id)) return `${id} was never like this at Stripe: ${text}`;
    }
    return undefined;
  }

  // A deleted customer cannot be listed: its subscriptions are closed here by our own clock.
  private isOfDeletedCustomer(id: string): boolean {
    const customer = this.model.subscriptions.get(id)?.customer ?? '';
    return this.model.customers.get(customer)?.deleted === true;
  }

  private versionOf(subscription: StripeSubscription): StoredVersion {
    const { id, status, current_period_end, cancel_at, cancel_at_period_end, ended_at, latest_invoice } =
      subscription;
    return {
      id,
      status,
      period_end: current_period_end,
      cancel_at: cancel_at ?? (cancel_at_period_end ? current_period_end : null),
      ended_at,
      invoice: latest_invoice,
      invoice_status: this.model.invoices.get(latest_invoice ?? '')?.status ?? null,
    };
  }
}
