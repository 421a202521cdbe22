import { Module } from '@nestjs/common';
import { EngineModule } from 'src/engine/engine.module';
import { UsersModule } from 'src/modules/users';
import { AccessRecorder } from 'src/modules/payments/access/access-recorder';
import { CheckoutEligibility } from 'src/modules/payments/checkout/checkout-eligibility';
import { CheckoutOpener } from 'src/modules/payments/checkout/checkout-opener';
import { CheckoutReturnService } from 'src/modules/payments/checkout/checkout-return.service';
import { CheckoutService } from 'src/modules/payments/checkout/checkout.service';
import { CustomerStateReader } from 'src/modules/payments/sync/customer-state.reader';
import { CustomerStateWriter } from 'src/modules/payments/sync/customer-state.writer';
import { CustomerSyncService } from 'src/modules/payments/sync/customer-sync.service';
import { CustomersService } from 'src/modules/payments/sync/customers.service';
import { EntitlementsService } from 'src/modules/payments/access/entitlements.service';
import { GrantsService } from 'src/modules/payments/access/grants.service';
import { CheckoutPagesController } from 'src/modules/payments/checkout/http/checkout-pages.controller';
import { CheckoutController } from 'src/modules/payments/checkout/http/checkout.controller';
import { PlansController } from 'src/modules/payments/plans/http/plans.controller';
import { SubscriptionsController } from 'src/modules/payments/subscriptions/http/subscriptions.controller';
import { OperationsService } from 'src/modules/payments/operations/operations.service';
import { AccessFactsRepository } from 'src/modules/payments/access/persistence/access-facts.repository';
import { CheckoutSessionsRepository } from 'src/modules/payments/checkout/persistence/checkout-sessions.repository';
import { GrantsRepository } from 'src/modules/payments/access/persistence/grants.repository';
import { OperationsRepository } from 'src/modules/payments/operations/persistence/operations.repository';
import { OperatorFactsRepository } from 'src/modules/payments/access/persistence/operator-facts.repository';
import { OperatorTimelineRepository } from 'src/modules/payments/access/persistence/operator-timeline.repository';
import { PlansRepository } from 'src/modules/payments/plans/persistence/plans.repository';
import { SubscriptionsRepository } from 'src/modules/payments/sync/persistence/subscriptions.repository';
import { TransitionsRepository } from 'src/modules/payments/access/persistence/transitions.repository';
import { PlansService } from 'src/modules/payments/plans/plans.service';
import { RefreshService } from 'src/modules/payments/sync/refresh.service';
import { ReturnUrlsService } from 'src/modules/payments/checkout/return-urls.service';
import { StripeCheckout } from './stripe/stripe-checkout';
import { StripeCustomers } from './stripe/stripe-customers';
import { StripePrices } from './stripe/stripe-prices';
import { StripeSubscriptions } from './stripe/stripe-subscriptions';
import { StripeGateway } from './stripe/stripe.gateway';
import { WebhookVerifier } from './stripe/webhook-verifier';
import { SubscriptionStatusService } from 'src/modules/payments/subscriptions/subscription-status.service';
import { SubscriptionsService } from 'src/modules/payments/subscriptions/subscriptions.service';

const stripe = [
  StripeGateway,
  StripeCustomers,
  StripeCheckout,
  StripePrices,
  StripeSubscriptions,
  WebhookVerifier,
];

const persistence = [
  AccessFactsRepository,
  CheckoutSessionsRepository,
  GrantsRepository,
  OperationsRepository,
  OperatorFactsRepository,
  OperatorTimelineRepository,
  PlansRepository,
  SubscriptionsRepository,
  TransitionsRepository,
];

@Module({
  imports: [EngineModule, UsersModule],
  controllers: [
    CheckoutController,
    PlansController,
    SubscriptionsController,
    PlansController,
    CheckoutPagesController,
  ],
  providers: [
    ...stripe,
    ...persistence,
    AccessRecorder,
    CheckoutEligibility,
    CheckoutOpener,
    CheckoutReturnService,
    CheckoutService,
    CustomerStateReader,
    CustomerStateWriter,
    CustomerSyncService,
    CustomersService,
    EntitlementsService,
    GrantsService,
    OperationsService,
    PlansService,
    RefreshService,
    ReturnUrlsService,
    SubscriptionStatusService,
    SubscriptionsService,
  ],
  exports: [
    CustomerSyncService,
    EntitlementsService,
    GrantsService,
    OperatorFactsRepository,
    OperatorTimelineRepository,
    PlansService,
    RefreshService,
    WebhookVerifier,
  ],
})
export class PaymentsModule {}
