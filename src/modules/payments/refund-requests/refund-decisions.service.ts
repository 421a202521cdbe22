import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/domain/clock';
import { Database } from 'src/database/database';
import { StripeRejectedError } from 'src/modules/payments/payments.errors';
import type { RefundRequest, RefundRequestStatus } from './domain/refund-request';
import { RefundEmails } from './refund-emails';
import { RefundRequestsRepository } from './persistence/refund-requests.repository';
import { RefundRequestDecidedError, RefundRequestNotFoundError } from './refund-requests.errors';
import { RefundWriter } from './refund-writer';

export interface RefundDecision {
  readonly requestId: string;
  readonly operatorId: string;
  /** The id of the request of the operator, for the audit of the write to Stripe. */
  readonly httpRequestId: string;
  /** Writes the audit entry, in the transaction of the decision. Not called for a repetition. */
  readonly record?: (request: RefundRequest) => Promise<void>;
  readonly decision: { readonly kind: 'approve' } | { readonly kind: 'decline'; readonly reason: string };
}

const MOST_LISTED = 200;

/** What operators do with refund requests. Only a decision moves money. */
@Injectable()
export class RefundDecisionsService {
  constructor(
    private readonly database: Database,
    private readonly requests: RefundRequestsRepository,
    private readonly refunds: RefundWriter,
    private readonly emails: RefundEmails,
    private readonly clock: Clock,
  ) {}

  list(statuses: readonly RefundRequestStatus[] = ['open', 'approving']): Promise<RefundRequest[]> {
    return this.requests.listByStatus(statuses, MOST_LISTED);
  }

  countOpen(): Promise<number> {
    return this.requests.countByStatus(['open', 'approving']);
  }

  /**
   * Repeating an approval continues it: the refund is created once. Throws `refund_request_not_found`,
   * `refund_request_decided` when the request was decided otherwise, and Stripe's errors.
   */
  async decide(decision: RefundDecision): Promise<RefundRequest> {
    const found = await this.requests.find(decision.requestId);
    if (found === undefined) throw new RefundRequestNotFoundError();
    return decision.decision.kind === 'approve'
      ? this.approve(found, decision)
      : this.decline(found, decision, decision.decision.reason);
  }

  private async approve({ id, status }: RefundRequest, decision: RefundDecision): Promise<RefundRequest> {
    const by = { decidedBy: decision.operatorId, decidedAt: this.clock.now() };
    // Committed before Stripe is called: a later decline is rejected, and a crash can be continued.
    const claimed = await this.database.transaction(async () => {
      const request = await this.requests.decide(id, ['open', 'approving'], { ...by, status: 'approving' });
      if (request === undefined) throw new RefundRequestDecidedError();
      if (status === 'open') await decision.record?.(request);
      return request;
    });
    try {
      await this.refunds.refund(claimed, decision.httpRequestId);
    } catch (error) {
      if (error instanceof StripeRejectedError) await this.requests.reopen(id);
      throw error;
    }
    const approved = await this.requests.decide(id, ['approving'], { ...by, status: 'approved' });
    if (approved === undefined) throw new RefundRequestDecidedError();
    return approved;
  }

  private async decline(
    { id }: RefundRequest,
    { operatorId, record }: RefundDecision,
    reason: string,
  ): Promise<RefundRequest> {
    return this.database.transaction(async () => {
      const declined = await this.requests.decide(id, ['open'], {
        status: 'declined',
        decidedBy: operatorId,
        decidedAt: this.clock.now(),
        declineReason: reason,
      });
      if (declined === undefined) throw new RefundRequestDecidedError();
      await record?.(declined);
      await this.emails.declined(declined);
      return declined;
    });
  }
}
