import { Module } from '@nestjs/common';
import { EngineModule } from 'src/engine/engine.module';
import { MailModule } from 'src/mail/mail.module';
import { UsersModule } from 'src/modules/users';
import { AccessRecorder } from './access/access-recorder';
import { EntitlementsService } from './access/entitlements.service';
import { GrantsService } from './access/grants.service';
import { AccessController } from './access/http/access.controller';
import { OperatorViewsService } from './access/operator-views.service';
import { AccessFactsRepository } from './access/persistence/access-facts.repository';
import { GrantsRepository } from './access/persistence/grants.repository';
import { TransitionsRepository } from './access/persistence/transitions.repository';
import { billingControllers, billingProviders, billingServices } from './billing-providers';
import { CheckoutSync } from './checkout/checkout-sync';
import { CheckoutService } from './checkout/checkout.service';
import { DoubleSubscriptions } from './checkout/double-subscriptions';
import { checkoutProviders } from './checkout-providers';
import { CheckoutPagesController } from './checkout/http/checkout-pages.controller';
import { CheckoutController } from './checkout/http/checkout.controller';
import { TrialSync } from './checkout/trial-sync';
import { effectProviders } from './effects';
import { SubscriptionEndingService } from './ending/subscription-ending.service';
import { OperationsService } from './operations/operations.service';
import { OperationsRepository } from './operations/persistence/operations.repository';
import { BillingEmails } from './emails/billing-emails';
import { CustomerDetails } from './person/customer-details';
import { PersonalBillingService } from './person/personal-billing.service';
import { RefundDecisionsService } from './refund-requests/refund-decisions.service';
import { RefundRequestsService } from './refund-requests/refund-requests.service';
import { personProviders } from './person-providers';
import { operatorProviders, operatorServices } from './operator-providers';
import { PlansController } from './plans/http/plans.controller';
import { PlansRepository } from './plans/persistence/plans.repository';
import { PlansService } from './plans/plans.service';
import { DriftService } from './reconcile/drift.service';
import { moneyProviders } from './money-providers';
import { reconcileProviders } from './reconcile-providers';
import { PaymentSigns } from './reconcile/payment-signs';
import { StripeCalls } from './stripe/stripe-calls';
import { SweepService } from './reconcile/sweep.service';
import { RefundRequestsController } from './refund-requests/http/refund-requests.controller';
import { StripeBillingState } from './stripe/stripe-billing-state';
import { RevokedRenewals } from './renewals/revoked-renewals';
import { StripeCheckout } from './stripe/stripe-checkout';
import { StripeCollection } from './stripe/stripe-collection';
import { StripeCustomers } from './stripe/stripe-customers';
import { StripeEvents } from './stripe/stripe-events';
import { StripeUnpaidInvoices } from './stripe/stripe-unpaid-invoices';
import { StripePayments } from './stripe/stripe-payments';
import { StripePrices } from './stripe/stripe-prices';
import { StripeSchedules } from './stripe/stripe-schedules';
import { StripeSubscriptions } from './stripe/stripe-subscriptions';
import { StripeGateway } from './stripe/stripe.gateway';
import { WebhookVerifier } from './stripe/webhook-verifier';
import { CancellationService } from './subscriptions/cancellation.service';
import { CollectionSync } from './subscriptions/collection-sync';
import { ScheduledPlanChangesRepository } from './subscriptions/persistence/scheduled-plan-changes.repository';
import { RenewalPreview } from './subscriptions/renewal-preview';
import { ResumptionService } from './subscriptions/resumption.service';
import { ScheduledEnds } from './subscriptions/scheduled-ends.service';
import { SubscriptionInspector } from './subscriptions/subscription-inspector';
import { SubscriptionsController } from './subscriptions/http/subscriptions.controller';
import { SubscriptionStatusService } from './subscriptions/subscription-status.service';
import { SubscriptionsService } from './subscriptions/subscriptions.service';
import { CatalogueSync } from './sync/catalogue-sync';
import { CustomerDirectory } from './sync/customer-directory';
import { CustomerSyncService } from './sync/customer-sync.service';
import { EventEffects } from './sync/event-effects';
import { RefreshService } from './sync/refresh.service';
import { syncProviders } from './sync-providers';
import { SYNC_CONTRIBUTORS, type SyncContributor } from './sync/sync-contributor';
import { UnmatchedPayments } from './sync/unmatched-payments';
import { OperatorTasksService } from './tasks/operator-tasks.service';
import { OperatorTasksRepository } from './tasks/persistence/operator-tasks.repository';

const stripe = [
  StripeGateway,
  StripeBillingState,
  StripeSchedules,
  StripeCustomers,
  StripeCheckout,
  StripeCollection,
  StripeEvents,
  StripeUnpaidInvoices,
  StripePayments,
  StripePrices,
  StripeSubscriptions,
  WebhookVerifier,
];

const persistence = [
  AccessFactsRepository,
  GrantsRepository,
  OperationsRepository,
  OperatorTasksRepository,
  PlansRepository,
  ScheduledPlanChangesRepository,
  TransitionsRepository,
];

@Module({
  imports: [EngineModule, MailModule, UsersModule],
  controllers: [
    AccessController,
    CheckoutController,
    PlansController,
    SubscriptionsController,
    ...billingControllers,
    RefundRequestsController,
    CheckoutPagesController,
  ],
  providers: [
    ...stripe,
    ...persistence,
    ...effectProviders,
    ...billingProviders,
    ...operatorProviders,
    ...checkoutProviders,
    ...syncProviders,
    ...reconcileProviders,
    ...moneyProviders,
    ...personProviders,
    {
      provide: SYNC_CONTRIBUTORS,
      inject: [
        CollectionSync,
        CustomerDetails,
        CheckoutSync,
        TrialSync,
        DoubleSubscriptions,
        UnmatchedPayments,
        CatalogueSync,
        RevokedRenewals,
        BillingEmails,
      ],
      useFactory: (...contributors: SyncContributor[]) => contributors,
    },
    AccessRecorder,
    CancellationService,
    CatalogueSync,
    CollectionSync,
    CustomerDirectory,
    CustomerSyncService,
    EntitlementsService,
    EventEffects,
    GrantsService,
    OperationsService,
    OperatorTasksService,
    OperatorViewsService,
    PlansService,
    RefreshService,
    RenewalPreview,
    ResumptionService,
    ScheduledEnds,
    SubscriptionEndingService,
    SubscriptionInspector,
    SubscriptionStatusService,
    SubscriptionsService,
    UnmatchedPayments,
  ],
  exports: [
    ...operatorServices,
    CustomerDetails,
    ...billingServices,
    CheckoutService,
    PersonalBillingService,
    SubscriptionsService,
    RefundDecisionsService,
    RefundRequestsService,
    CustomerDirectory,
    CustomerSyncService,
    DriftService,
    EntitlementsService,
    EventEffects,
    GrantsService,
    OperatorTasksService,
    OperatorViewsService,
    PaymentSigns,
    PlansService,
    RefreshService,
    StripeCalls,
    StripeEvents,
    SweepService,
    SubscriptionsService,
    WebhookVerifier,
  ],
})
export class PaymentsModule {}
