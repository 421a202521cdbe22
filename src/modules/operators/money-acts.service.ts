import { Injectable } from '@nestjs/common';
import {
  BindingService,
  EntitlementsService,
  RefundingService,
  type Access,
  type MadeRefund,
  type RefundOrder,
} from 'src/modules/payments';
import { AuditLogRepository, type Act } from './persistence/audit-log.repository';
import { toRepair } from './subscription-acts.service';

export interface RefundOutcome {
  readonly refunds: readonly MadeRefund[];
  readonly access: Access;
}

/** Refunds, and whose customer it is. */
@Injectable()
export class MoneyActsService {
  constructor(
    private readonly refunding: RefundingService,
    private readonly binding: BindingService,
    private readonly entitlements: EntitlementsService,
    private readonly audit: AuditLogRepository,
  ) {}

  /** Without an amount, all that is left. The audit entry is written before Stripe is asked. Throws `refund_not_possible`, 503. */
  async refund(userId: string, request: RefundOrder, act: Act): Promise<RefundOutcome> {
    const { invoiceId, amountMinor } = request;
    const record = () =>
      this.audit.append({
        act,
        action: 'refund_invoice',
        target: { kind: 'invoice', id: invoiceId },
        userId,
        details: { amount: amountMinor ?? 'all' },
      });
    const refunds = await this.refunding.refund(request, toRepair(userId, act, record));
    return { refunds, access: await this.entitlements.getAccess(userId) };
  }

  /** Throws `user_not_found`, `customer_binding_refused`, 503. */
  async bind(userId: string, customerId: string, act: Act): Promise<Access> {
    const record = () => this.recordBinding('bind_customer', { userId, customerId, act });
    await this.binding.bind(customerId, toRepair(userId, act, record));
    return this.entitlements.getAccess(userId);
  }

  /** Throws `user_not_found`, `customer_binding_refused`. */
  async unbind(userId: string, customerId: string, act: Act): Promise<Access> {
    const record = () => this.recordBinding('unbind_customer', { userId, customerId, act });
    await this.binding.unbind(customerId, toRepair(userId, act, record));
    return this.entitlements.getAccess(userId);
  }

  private recordBinding(
    action: 'bind_customer' | 'unbind_customer',
    { userId, customerId, act }: { userId: string; customerId: string; act: Act },
  ): Promise<void> {
    return this.audit.append({ act, action, target: { kind: 'customer', id: customerId }, userId });
  }
}
