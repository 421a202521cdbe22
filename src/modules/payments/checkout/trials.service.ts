import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CheckoutConfig } from 'src/config/checkout-config';
import { EntitlementsService } from 'src/modules/payments/access/entitlements.service';
import { TrialsRepository, type Trial } from 'src/modules/payments/checkout/persistence/trials.repository';

/** Who gets a trial: one per person, decided before the payment page, and one per card, decided when the card is known. */
@Injectable()
export class TrialsService {
  constructor(
    private readonly config: CheckoutConfig,
    private readonly entitlements: EntitlementsService,
    private readonly trials: TrialsRepository,
  ) {}

  /** 0 for a person who had premium or a trial before. */
  async daysFor(userId: string): Promise<number> {
    if (this.config.trialDays === 0) return 0;
    const { facts } = await this.entitlements.explain(userId);
    const had = facts.subscriptions.some(
      ({ status }) => status !== 'incomplete' && status !== 'incomplete_expired',
    );
    return had || (await this.trials.listOfUser(userId)).length > 0 ? 0 : this.config.trialDays;
  }

  listOfUser(userId: string): Promise<Trial[]> {
    return this.trials.listOfUser(userId);
  }

  /** Keeps the card under a keyed hash, and says whether it had a trial before. Repeating it is safe. */
  claim(trial: { subscriptionId: string; userId: string; fingerprint: string }): Promise<Trial> {
    const { fingerprint, ...rest } = trial;
    const cardHash = createHmac('sha256', this.config.trialCardKey).update(fingerprint).digest('hex');
    return this.trials.claim({ ...rest, cardHash });
  }
}
