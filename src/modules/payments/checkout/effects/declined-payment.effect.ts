import { Injectable } from '@nestjs/common';
import { toPublicDeclineCode } from 'src/modules/payments/checkout/domain/decline';
import { CheckoutSessionsRepository } from 'src/modules/payments/checkout/persistence/checkout-sessions.repository';
import { StripeIntents } from 'src/modules/payments/stripe/stripe-intents';
import type { Effect, EffectEvent, SyncedCustomer } from 'src/modules/payments/sync/effect';
import type { SyncWrite } from 'src/modules/payments/sync/sync-contributor';

/**
 * `payment_intent.payment_failed`: the only sign that a card was declined on the payment page. The page stays open, so
 * the decline is kept with the open checkout. A payment of an invoice is a renewal's, and no checkout's.
 */
@Injectable()
export class DeclinedPaymentEffect implements Effect {
  constructor(
    private readonly intents: StripeIntents,
    private readonly sessions: CheckoutSessionsRepository,
  ) {}

  findCustomer({ objectId }: EffectEvent): Promise<string | undefined> {
    return this.intents.findCustomer(objectId);
  }

  async prepare(events: readonly EffectEvent[], { userId }: SyncedCustomer): Promise<SyncWrite> {
    const ids = [...new Set(events.map(({ objectId }) => objectId))];
    const found = await Promise.all(ids.map((id) => this.intents.findCheckoutDecline(id)));
    const declines = found.filter((decline) => decline !== undefined);
    return async () => {
      for (const { code, at } of declines) {
        await this.sessions.recordDecline(userId, { code: toPublicDeclineCode(code), at });
      }
    };
  }
}
