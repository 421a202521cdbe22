import { Module } from '@nestjs/common';
import { UsersModule } from 'src/modules/users';
import { AccessRecorder } from './access-recorder';
import { CheckoutEligibility } from './checkout-eligibility';
import { CheckoutOpener } from './checkout-opener';
import { CheckoutReturnService } from './checkout-return.service';
import { CheckoutService } from './checkout.service';
import { CustomerStateReader } from './customer-state.reader';
import { CustomerStateWriter } from './customer-state.writer';
import { CustomerSyncService } from './customer-sync.service';
import { CustomersService } from './customers.service';
import { EntitlementsService } from './entitlements.service';
import { GrantsService } from './grants.service';
import { CheckoutPagesController } from './http/checkout-pages.controller';
import { CheckoutController } from './http/checkout.controller';
import { PlansController } from './http/plans.controller';
import { SubscriptionsController } from './http/subscriptions.controller';
import { LeaseService } from './lease.service';
import { OperationsService } from './operations.service';
import { AccessFactsRepository } from './persistence/access-facts.repository';
import { CheckoutSessionsRepository } from './persistence/checkout-sessions.repository';
import { GrantsRepository } from './persistence/grants.repository';
import { OperationsRepository } from './persistence/operations.repository';
import { OperatorFactsRepository } from './persistence/operator-facts.repository';
import { OperatorTimelineRepository } from './persistence/operator-timeline.repository';
import { PlansRepository } from './persistence/plans.repository';
import { SubjectsRepository } from './persistence/subjects.repository';
import { SubscriptionsRepository } from './persistence/subscriptions.repository';
import { TransitionsRepository } from './persistence/transitions.repository';
import { PlansService } from './plans.service';
import { RefreshService } from './refresh.service';
import { ReturnUrlsService } from './return-urls.service';
import { StripeCheckout } from './stripe/stripe-checkout';
import { StripeCustomers } from './stripe/stripe-customers';
import { StripePrices } from './stripe/stripe-prices';
import { StripeSubscriptions } from './stripe/stripe-subscriptions';
import { StripeGateway } from './stripe/stripe.gateway';
import { WebhookVerifier } from './stripe/webhook-verifier';
import { SubscriptionStatusService } from './subscription-status.service';
import { SubscriptionsService } from './subscriptions.service';

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
  SubjectsRepository,
  SubscriptionsRepository,
  TransitionsRepository,
];

@Module({
  imports: [UsersModule],
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
    LeaseService,
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
    LeaseService,
    OperatorFactsRepository,
    OperatorTimelineRepository,
    PlansService,
    RefreshService,
    SubjectsRepository,
    WebhookVerifier,
  ],
})
export class PaymentsModule {}
