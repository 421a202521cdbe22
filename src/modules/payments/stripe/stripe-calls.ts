import { Injectable } from '@nestjs/common';
import { StripeGateway, type StripeCall } from './stripe.gateway';

/** How calls to Stripe go. */
@Injectable()
export class StripeCalls {
  constructor(private readonly gateway: StripeGateway) {}

  /** `listener` hears of every call; the last listener counts. */
  listen(listener: (call: StripeCall) => void): void {
    this.gateway.onCall = listener;
  }
}
