import { Injectable } from '@nestjs/common';
import type { DisputeStatus } from 'src/modules/payments/domain/dispute';
import { originOf, type PaymentOrigin } from './stripe-payments';
import { StripeGateway } from './stripe.gateway';

export interface DisputeSnapshot extends PaymentOrigin {
  readonly id: string;
  readonly status: DisputeStatus;
  readonly createdAt: Date;
}

/** Inquiries (`warning_*`) and prevented disputes take no money. Anything that Stripe may add counts as open. */
export function toDisputeStatus(status: string): DisputeStatus {
  if (status.startsWith('warning_')) return 'inquiry';
  if (status === 'won' || status === 'lost' || status === 'prevented') return status;
  return 'open';
}

/** Disputes, current state. */
@Injectable()
export class StripeDisputes {
  constructor(private readonly gateway: StripeGateway) {}

  async fetch(disputeId: string): Promise<DisputeSnapshot> {
    const { id, status, created, charge } = await this.gateway.call((stripe) =>
      stripe.disputes.retrieve(disputeId, { expand: ['charge'] }),
    );
    if (typeof charge === 'string') throw new Error(`charge of ${disputeId} was not expanded`);
    return {
      id,
      status: toDisputeStatus(status),
      createdAt: new Date(created * 1000),
      ...originOf(charge),
    };
  }

  /** The ids of all disputes about a charge. */
  async listOfCharge(chargeId: string): Promise<string[]> {
    const disputes = await this.gateway.call((stripe) =>
      stripe.disputes.list({ charge: chargeId, limit: 100 }),
    );
    return disputes.data.map(({ id }) => id);
  }
}
