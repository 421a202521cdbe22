import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import type {
  AccessFacts,
  BilledInvoice,
  BilledPeriod,
  DisputeFacts,
  GrantFacts,
  OpenCheckoutFacts,
  RefundFacts,
} from 'src/modules/payments/access/domain/access-facts';
import {
  reviveSubscription,
  selectSubscription,
  toStoredSubscription,
  type StoredSubscription,
  type SubscriptionRecord,
} from './subscription.columns';

/** The facts of the access rule; its subscriptions are the stored ones, newest first. */
export interface StoredAccessFacts extends AccessFacts {
  readonly subscriptions: readonly StoredSubscription[];
}

/** As JSON gives it: dates are texts. */
type Plain<T> = {
  readonly [K in keyof T]: T[K] extends Date ? string : T[K] extends Date | null ? string | null : T[K];
};
type PlainInvoice = Plain<Omit<BilledInvoice, 'periods'>> & {
  readonly periods: Plain<BilledPeriod>[] | null;
};

interface FactsRow {
  readonly invoices: PlainInvoice[] | null;
  readonly refunds: RefundFacts[] | null;
  readonly disputes: DisputeFacts[] | null;
  readonly grants: Plain<GrantFacts>[] | null;
  readonly openCheckout: Plain<OpenCheckoutFacts> | null;
  readonly refusedTrials: string[] | null;
}

const INVOICES = `
  SELECT json_agg(json_build_object('id', i.id, 'subscriptionId', i.subscription_id, 'status', i.status,
    'billingReason', i.billing_reason, 'totalMinor', i.total_minor, 'amountDueMinor', i.amount_due_minor,
    'createdAt', i.created_at, 'finalizedAt', i.finalized_at, 'dueAt', i.due_at,
    'collectionMethod', i.collection_method, 'autoAdvance', i.auto_advance,
    'uncollectibleReason', i.uncollectible_reason, 'periods', lines.periods) ORDER BY i.created_at DESC, i.id)
  FROM invoices i LEFT JOIN LATERAL (
    SELECT json_agg(json_build_object('start', l.period_start, 'end', l.period_end, 'proration', l.proration)) AS periods
    FROM invoice_lines l WHERE l.invoice_id = i.id) lines ON true
  WHERE i.user_id = $1 AND i.subscription_id IS NOT NULL`;

// One statement, so that all facts are of one moment; a user without subscriptions still gives one row.
const LOAD = `
  SELECT ${selectSubscription('s')}, side.*
  FROM (SELECT
      (${INVOICES}) AS invoices,
      (SELECT json_agg(json_build_object('invoiceId', invoice_id, 'full', is_full,
         'failed', status IN ('failed', 'canceled')))
       FROM refunds WHERE user_id = $1) AS refunds,
      (SELECT json_agg(json_build_object('invoiceId', invoice_id, 'status', status))
       FROM disputes WHERE user_id = $1) AS disputes,
      (SELECT json_agg(json_build_object('id', id, 'startsAt', starts_at, 'endsAt', ends_at))
       FROM grants WHERE user_id = $1 AND revoked_at IS NULL) AS grants,
      (SELECT json_build_object('customerId', customer_id, 'expiresAt', expires_at,
         'declined', decline_code IS NOT NULL)
       FROM checkout_sessions WHERE user_id = $1 AND status = 'open') AS "openCheckout",
      (SELECT json_agg(subscription_id) FROM trials WHERE user_id = $1 AND refused) AS "refusedTrials") side
  LEFT JOIN subscriptions s ON s.user_id = $1 AND s.grants_premium
  ORDER BY s.created_at DESC, s.id`;

/** A scalar expression that gives the same facts as JSON, for `parseAccessFacts`. */
export const ACCESS_FACTS_JSON = `(SELECT json_agg(facts) FROM (${LOAD.replaceAll('$1', '$2')}) facts)`;

export const parseAccessFacts = (json: unknown): StoredAccessFacts =>
  toFacts((json as FactsOrNone[]).map(reviveSubscription));

type FactsOrNone = FactsRow & (SubscriptionRecord | { id: null });

/** Reads everything the access rule needs, by indexes only. */
@Injectable()
export class AccessFactsRepository {
  constructor(private readonly database: Database) {}

  async load(userId: string): Promise<StoredAccessFacts> {
    return toFacts(
      await this.database.queryPrepared<FactsOrNone>({ name: 'access_facts', text: LOAD }, [userId]),
    );
  }
}

function toFacts(rows: readonly FactsOrNone[]): StoredAccessFacts {
  return {
    subscriptions: rows.filter((row) => row.id !== null).map(toStoredSubscription),
    invoices: (rows[0]?.invoices ?? []).map(toInvoice),
    refunds: rows[0]?.refunds ?? [],
    disputes: rows[0]?.disputes ?? [],
    grants: (rows[0]?.grants ?? []).map(({ id, startsAt, endsAt }) => ({
      id,
      startsAt: new Date(startsAt),
      endsAt: dateOrNull(endsAt),
    })),
    openCheckout: toCheckout(rows[0]?.openCheckout ?? null),
    refusedTrials: rows[0]?.refusedTrials ?? [],
  };
}

const toInvoice = ({ createdAt, finalizedAt, dueAt, periods, ...invoice }: PlainInvoice): BilledInvoice => ({
  ...invoice,
  createdAt: new Date(createdAt),
  finalizedAt: dateOrNull(finalizedAt),
  dueAt: dateOrNull(dueAt),
  periods: (periods ?? []).map(({ start, end, proration }) => ({
    start: new Date(start),
    end: new Date(end),
    proration,
  })),
});

const toCheckout = (open: Plain<OpenCheckoutFacts> | null): OpenCheckoutFacts | null =>
  open && { ...open, expiresAt: new Date(open.expiresAt) };

const dateOrNull = (text: string | null): Date | null => (text === null ? null : new Date(text));
