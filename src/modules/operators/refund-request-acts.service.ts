import { Injectable } from '@nestjs/common';
import { RefundDecisionsService, type RefundRequest } from 'src/modules/payments';
import { UsersService, type User } from 'src/modules/users';
import { AuditLogRepository, type Act } from './persistence/audit-log.repository';

/** A request with the account that made it. */
export interface ListedRefundRequest {
  readonly request: RefundRequest;
  readonly user: User | undefined;
}

/** A decline says why, in words that the student gets by email. */
export type RefundAnswer =
  { readonly kind: 'approve' } | { readonly kind: 'decline'; readonly reason: string };

/** Refund requests of students: what is open, and the decision. */
@Injectable()
export class RefundRequestActsService {
  constructor(
    private readonly decisions: RefundDecisionsService,
    private readonly users: UsersService,
    private readonly audit: AuditLogRepository,
  ) {}

  /** Undecided ones, the oldest first, or those of one status. */
  async list(status?: RefundRequest['status']): Promise<ListedRefundRequest[]> {
    const requests = await this.decisions.list(status === undefined ? undefined : [status]);
    const users = await this.users.listByIds(requests.map(({ userId }) => userId));
    return requests.map((request) => ({ request, user: users.get(request.userId) }));
  }

  /**
   * An approval refunds what is left of the invoice; repeating it after a 503 refunds nothing twice. Throws
   * `refund_request_not_found`, `refund_request_decided`, and Stripe's errors.
   */
  decide(requestId: string, decision: RefundAnswer, act: Act): Promise<RefundRequest> {
    return this.decisions.decide({
      requestId,
      operatorId: act.operatorId,
      httpRequestId: act.requestId,
      decision,
      record: ({ userId, invoiceId, amountMinor, currency }) =>
        this.audit.append({
          act,
          action: decision.kind === 'approve' ? 'approve_refund_request' : 'decline_refund_request',
          target: { kind: 'refund_request', id: requestId },
          userId,
          details: { invoice: invoiceId, amount: amountMinor, currency },
        }),
    });
  }
}
