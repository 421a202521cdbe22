import { Injectable, Logger } from '@nestjs/common';
import type { Access } from 'src/modules/payments/access/domain/access';
import { EntitlementsService } from 'src/modules/payments/access/entitlements.service';
import { CheckoutNotFoundError } from 'src/modules/payments/payments.errors';
import {
  CheckoutSessionsRepository,
  type StoredCheckout,
} from 'src/modules/payments/checkout/persistence/checkout-sessions.repository';
import { RefreshService } from 'src/modules/payments/sync/refresh.service';
import { ReturnSyncs } from './return-syncs';

/**
 * `unconfirmed`: Stripe could not be asked just now, so nothing is claimed either way. `refused`: the bank has refused a
 * delayed payment. `over`: it was paid once, and gives no access any more.
 */
export type ReturnVerdict = 'premium' | 'pending' | 'unpaid' | 'refused' | 'over' | 'unconfirmed';

export interface CheckoutReturn {
  readonly verdict: ReturnVerdict;
  readonly checkout: StoredCheckout;
}

/** What the return page says. The redirect proves nothing: the customer is synced first. */
@Injectable()
export class CheckoutReturnService {
  private readonly logger = new Logger(CheckoutReturnService.name);

  constructor(
    private readonly sessions: CheckoutSessionsRepository,
    private readonly refresh: RefreshService,
    private readonly entitlements: EntitlementsService,
    private readonly syncs: ReturnSyncs,
  ) {}

  /** Syncs the customer of this session like a webhook would. Throws CheckoutNotFoundError for a session not of ours. */
  async confirm(stripeSessionId: string): Promise<CheckoutReturn> {
    const checkout = await this.get(stripeSessionId);
    let isSynced: boolean;
    try {
      isSynced = await this.syncs.run(stripeSessionId, () =>
        this.refresh.refresh(checkout.customerId, { kind: 'checkout_return', id: stripeSessionId }),
      );
    } catch (error) {
      this.logger.warn({ err: error, session: stripeSessionId }, 'return page could not sync');
      const access = await this.entitlements.getAccess(checkout.userId);
      return { verdict: access.granted ? 'premium' : 'unconfirmed', checkout };
    }
    const [access, synced] = await Promise.all([
      this.entitlements.getAccess(checkout.userId),
      this.get(stripeSessionId),
    ]);
    const verdict = verdictOf(access, synced);
    // Without a sync, "not paid" may be outdated by now.
    return { verdict: verdict === 'unpaid' && !isSynced ? 'unconfirmed' : verdict, checkout: synced };
  }

  async get(stripeSessionId: string): Promise<StoredCheckout> {
    const checkout = await this.sessions.findByStripeId(stripeSessionId);
    if (checkout === undefined) throw new CheckoutNotFoundError('This checkout is not known here.');
    return checkout;
  }

  async getByShortCode(code: string): Promise<StoredCheckout> {
    const checkout = await this.sessions.findByShortCode(code);
    if (checkout === undefined) throw new CheckoutNotFoundError('This link is not known here.');
    return checkout;
  }
}

function verdictOf(access: Access, checkout: StoredCheckout): ReturnVerdict {
  if (access.granted) return 'premium';
  const mayStillPay = access.reason === 'checkout_open' || access.reason === 'checkout_declined';
  const isUnderWay = access.state === 'pending' && !mayStillPay;
  if (checkout.status !== 'complete') return isUnderWay ? 'pending' : 'unpaid';
  if (access.state === 'pending' || access.state === 'none' || access.nextAction === 'wait') return 'pending';
  return checkout.paymentStatus === 'unpaid' ? 'refused' : 'over';
}
