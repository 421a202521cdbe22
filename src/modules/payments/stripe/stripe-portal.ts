import { Injectable } from '@nestjs/common';
import { StripeConfig } from 'src/config/app-config';
import { StripeGateway } from './stripe.gateway';

export type PortalFlow = 'payment_method_update';

/** Stripe's billing portal. */
@Injectable()
export class StripePortal {
  constructor(
    private readonly gateway: StripeGateway,
    private readonly config: StripeConfig,
  ) {}

  /** The address of a new session. It works without sign-in for a short time: redirect to it, never store or log it. */
  async open(params: {
    customerId: string;
    flow?: PortalFlow | undefined;
    returnUrl: string;
  }): Promise<string> {
    const { customerId, flow, returnUrl } = params;
    const { portalConfigurationId } = this.config;
    const session = await this.gateway.call((stripe) =>
      stripe.billingPortal.sessions.create({
        customer: customerId,
        return_url: returnUrl,
        ...(portalConfigurationId === undefined ? {} : { configuration: portalConfigurationId }),
        ...(flow === undefined
          ? {}
          : {
              flow_data: {
                type: flow,
                after_completion: { type: 'redirect' as const, redirect: { return_url: returnUrl } },
              },
            }),
      }),
    );
    return session.url;
  }
}
