import { Injectable } from '@nestjs/common';
import { CATALOGUE_SUBJECT } from 'src/modules/payments/plans/catalogue-subject';
import { PlansService } from 'src/modules/payments/plans/plans.service';
import type { Effect, EffectEvent } from 'src/modules/payments/sync/effect';

/** `price.*`: a configured price has changed. Other prices of the account are none of our business. */
@Injectable()
export class PriceEffect implements Effect {
  constructor(private readonly plans: PlansService) {}

  findCustomer({ objectId }: EffectEvent): Promise<string | undefined> {
    return Promise.resolve(this.plans.findPlanOfPrice(objectId) === null ? undefined : CATALOGUE_SUBJECT);
  }
}

/** `product.*`: a product that we sell or sold has changed. */
@Injectable()
export class ProductEffect implements Effect {
  constructor(private readonly plans: PlansService) {}

  async findCustomer({ objectId }: EffectEvent): Promise<string | undefined> {
    const products = await this.plans.getPremiumProductIds();
    return products.has(objectId) ? CATALOGUE_SUBJECT : undefined;
  }
}
