import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import type { AccessFacts, DisputeFacts, RefundFacts } from 'src/modules/payments/access/domain/access-facts';
import {
  selectSubscription,
  toStoredSubscription,
  type StoredSubscription,
  type SubscriptionRecord,
} from './subscription.columns';

/** The facts of the access rule; its subscriptions are the stored ones, newest first. */
export interface StoredAccessFacts extends AccessFacts {
  readonly subscriptions: readonly StoredSubscription[];
}

interface FactsRow {
  readonly refunds: RefundFacts[] | null;
  readonly disputes: DisputeFacts[] | null;
  readonly grants: { startsAt: string; endsAt: string | null }[] | null;
}

// One statement, so that all facts are of one moment; a user without subscriptions still gives one row.
const LOAD = `
  SELECT ${selectSubscription('s')}, side.*
  FROM (SELECT
      (SELECT json_agg(json_build_object('invoiceId', invoice_id, 'full', is_full))
       FROM refunds WHERE user_id = $1) AS refunds,
      (SELECT json_agg(json_build_object('invoiceId', invoice_id, 'status', status))
       FROM disputes WHERE user_id = $1) AS disputes,
      (SELECT json_agg(json_build_object('startsAt', starts_at, 'endsAt', ends_at))
       FROM grants WHERE user_id = $1 AND revoked_at IS NULL) AS grants) side
  LEFT JOIN subscriptions s ON s.user_id = $1 AND s.grants_premium
  ORDER BY s.created_at DESC, s.id`;

/** Reads everything the access rule needs, by indexes only. */
@Injectable()
export class AccessFactsRepository {
  constructor(private readonly database: Database) {}

  async load(userId: string): Promise<StoredAccessFacts> {
    const rows = await this.database.query<FactsRow & (SubscriptionRecord | { id: null })>(LOAD, [userId]);
    return {
      subscriptions: rows.filter((row) => row.id !== null).map(toStoredSubscription),
      refunds: rows[0]?.refunds ?? [],
      disputes: rows[0]?.disputes ?? [],
      grants: (rows[0]?.grants ?? []).map(({ startsAt, endsAt }) => ({
        startsAt: new Date(startsAt),
        endsAt: endsAt === null ? null : new Date(endsAt),
      })),
    };
  }
}
