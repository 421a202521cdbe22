import { Injectable } from '@nestjs/common';
import { StripeDisputes } from 'src/modules/payments/stripe/stripe-disputes';
import { StripePayments } from 'src/modules/payments/stripe/stripe-payments';
import type { Effect, EffectEvent, SyncedCustomer } from 'src/modules/payments/sync/effect';
import {
  DisputesRepository,
  type DisputeToStore,
} from 'src/modules/payments/sync/persistence/disputes.repository';
import type { SyncWrite } from 'src/modules/payments/sync/sync-contributor';

/** `charge.dispute.*`: the dispute as Stripe has it now, under the invoice that the disputed payment paid. */
@Injectable()
export class DisputeEffect implements Effect {
  constructor(
    private readonly payments: StripePayments,
    private readonly disputes: StripeDisputes,
    private readonly repository: DisputesRepository,
  ) {}

  async findCustomer({ objectId }: EffectEvent): Promise<string | undefined> {
    return (await this.disputes.fetch(objectId)).customerId ?? undefined;
  }

  prepare(events: readonly EffectEvent[], { userId }: SyncedCustomer): Promise<SyncWrite> {
    return this.read(
      events.map(({ objectId }) => objectId),
      userId,
    );
  }

  /** These disputes, to be written in the sync's transaction. */
  async read(ids: readonly string[], userId: string): Promise<SyncWrite> {
    const disputes = (await Promise.all([...new Set(ids)].map((id) => this.readDispute(id, userId)))).flat();
    return async () => {
      for (const dispute of disputes) await this.repository.save(dispute);
    };
  }

  /** Empty for a payment that paid no invoice: such a dispute says nothing about a subscription. */
  private async readDispute(disputeId: string, userId: string): Promise<DisputeToStore[]> {
    const { id, status, createdAt, paymentIntentId } = await this.disputes.fetch(disputeId);
    if (paymentIntentId === null) return [];
    const [invoiceId] = await this.payments.listInvoiceIds(paymentIntentId);
    return invoiceId === undefined ? [] : [{ id, invoiceId, userId, status, createdAt }];
  }
}
