import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import type { AccessReason, AccessState } from 'src/modules/payments/access/domain/access';
import type { DisputeFacts } from 'src/modules/payments/access/domain/access-facts';
import type { Plan } from 'src/modules/payments/domain/subscription';
import { GRANT_COLUMNS, type Grant } from './grants.repository';
import type { Cause } from './transitions.repository';

export interface RecordedRefund {
  readonly id: string;
  readonly invoiceId: string;
  readonly amountMinor: number;
  readonly full: boolean;
  readonly createdAt: Date;
}

export interface RecordedDispute extends DisputeFacts {
  readonly id: string;
  readonly createdAt: Date;
}

/** The newest payment link in any state. */
export interface LatestCheckout {
  readonly sessionId: string;
  readonly plan: Plan;
  readonly status: 'open' | 'complete' | 'expired';
  readonly paymentStatus: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export interface RecordedTransition {
  readonly from: AccessState;
  readonly to: AccessState;
  readonly granted: boolean;
  readonly reason: AccessReason;
  readonly until: Date | null;
  readonly subscriptionId: string | null;
  readonly cause: Cause;
  readonly createdAt: Date;
}

/** What lies behind a decision, in the detail that an operator needs; revoked grants included. */
export interface OperatorFacts {
  readonly refunds: readonly RecordedRefund[];
  readonly disputes: readonly RecordedDispute[];
  readonly grants: readonly Grant[];
  readonly checkout: LatestCheckout | undefined;
  readonly lastTransition: RecordedTransition | undefined;
}

/** Reads for operators. Decides nothing. */
@Injectable()
export class OperatorFactsRepository {
  constructor(private readonly database: Database) {}

  async load(userId: string): Promise<OperatorFacts> {
    const [refunds, disputes, grants, [checkout], lastTransition] = await Promise.all([
      this.listRefunds(userId),
      this.list<RecordedDispute>(
        `SELECT id, invoice_id AS "invoiceId", status, created_at AS "createdAt" FROM disputes
         WHERE user_id = $1 ORDER BY created_at DESC, id`,
        userId,
      ),
      this.list<Grant>(
        `SELECT ${GRANT_COLUMNS} FROM grants WHERE user_id = $1 ORDER BY created_at DESC, id`,
        userId,
      ),
      this.list<LatestCheckout>(
        `SELECT stripe_session_id AS "sessionId", plan, status, payment_status AS "paymentStatus",
                created_at AS "createdAt", expires_at AS "expiresAt"
         FROM checkout_sessions WHERE user_id = $1 ORDER BY created_at DESC LIMIT 1`,
        userId,
      ),
      this.findLastTransition(userId),
    ]);
    return { refunds, disputes, grants, checkout, lastTransition };
  }

  private async listRefunds(userId: string): Promise<RecordedRefund[]> {
    const rows = await this.list<RecordedRefund>(
      `SELECT id, invoice_id AS "invoiceId", amount_minor AS "amountMinor", is_full AS "full", created_at AS "createdAt"
       FROM refunds WHERE user_id = $1 ORDER BY created_at DESC, id`,
      userId,
    );
    return rows.map((row) => ({ ...row, amountMinor: Number(row.amountMinor) }));
  }

  async findLastTransition(userId: string): Promise<RecordedTransition | undefined> {
    const row = await this.database.queryOne<
      RecordedTransition & { causeKind: Cause['kind']; causeId: string }
    >(
      `SELECT from_state AS "from", to_state AS "to", granted, reason, access_until AS "until",
              subscription_id AS "subscriptionId", cause_kind AS "causeKind", cause_id AS "causeId",
              created_at AS "createdAt"
       FROM entitlement_transitions WHERE user_id = $1 ORDER BY id DESC LIMIT 1`,
      [userId],
    );
    if (row === undefined) return undefined;
    const { causeKind, causeId, ...transition } = row;
    return { ...transition, cause: { kind: causeKind, id: causeId } };
  }

  private list<T extends object>(sql: string, userId: string): Promise<T[]> {
    return this.database.query<T>(sql, [userId]);
  }
}
