export { ACCESS_STATES, type Access } from './access/domain/access';
export { NO_ACCESS } from './access/domain/derive-access';
export { nextStepOf } from './access/domain/next-step';
export type { StoredAccessFacts } from './access/persistence/access-facts.repository';
export { ACCESS_FACTS } from './access/session-facts';
export { EntitlementsService } from './access/entitlements.service';
export { GrantNotFoundError } from './access/grants.errors';
export { GrantsService } from './access/grants.service';
export { OperatorListsService } from './access/operator-lists.service';
export { OperatorViewsService } from './access/operator-views.service';
export type { Grant } from './access/persistence/grants.repository';
export { CUSTOMER_LISTS, type CustomerList } from './access/customer-lists';
export type { SeenInvoice, SeenPayment } from './access/persistence/operator-money.repository';
export type { OperatorFacts } from './access/persistence/operator-facts.repository';
export type { PaymentEntry } from './access/persistence/operator-timeline.repository';
export type { StoredSubscription } from './access/persistence/subscription.columns';
export { CheckoutService } from './checkout/checkout.service';
export { exampleBillingEmails } from './emails/example-emails';
export { BillingRemindersModule } from './emails/billing-reminders.module';
export { isLive, PLANS } from './domain/subscription';
export { BillingLinksService } from './billing/billing-links.service';
export { InvoicesService } from './billing/invoices.service';
export { BillingService } from './billing/billing.service';
export type { Owed } from './billing/domain/owed';
export { planChangeRequestSchema, planPreviewRequestSchema } from './billing/http/plan-change.schema';
export type { PlanChangeQuote } from './billing/persistence/plan-change-quotes.repository';
export { describeOutcome, describeQuote } from './billing/plan-change-words';
export { PlanChangeService } from './billing/plan-change.service';
export { PlanQuotesService } from './billing/plan-quotes.service';
export {
  CustomerBindingError,
  NoSubscriptionError,
  RefundNotPossibleError,
  STRIPE_PROBLEMS,
  SubscriptionEndedError,
} from './payments.errors';
export { PaymentsModule } from './payments.module';
export { CustomerDetails } from './person/customer-details';
export { PersonalBillingService, type PersonalBilling } from './person/personal-billing.service';
export { PlansService, type PlanSummary } from './plans/plans.service';
export { REFUND_REQUEST_STATUSES, type RefundRequest } from './refund-requests/domain/refund-request';
export { RefundDecisionsService } from './refund-requests/refund-decisions.service';
export {
  refundRequestBodySchema,
  refundRequestSchema,
  toRefundRequestResponse,
} from './refund-requests/http/refund-requests.schema';
export {
  RefundRequestDecidedError,
  RefundRequestNotFoundError,
} from './refund-requests/refund-requests.errors';
export { RefundRequestsService } from './refund-requests/refund-requests.service';
export { BindingService } from './repairs/binding.service';
export { RefundingService, type MadeRefund, type RefundOrder } from './repairs/refunding.service';
export type { MonthOfRevenue } from './revenue/domain/revenue-facts';
export { RevenueService, type RevenueReport } from './revenue/revenue.service';
export { SubscriptionRepairsService, type Repair } from './repairs/subscription-repairs.service';
export { reportOf } from './stripe/account-setup-report';
export { setUpStripeAccount, type AccountPlan } from './stripe/stripe-account-setup';
export { STRIPE_API_VERSION } from './stripe/stripe-client';
export {
  readStripeSetup,
  type EndpointFacts,
  type PriceFacts,
  type StripeSetup,
} from './stripe/stripe-setup.reader';
export {
  EVENT_HORIZON_DAYS,
  MOST_TYPES_PER_CALL,
  StripeEvents,
  type ListedEvent,
} from './stripe/stripe-events';
export { HANDLED_EVENT_TYPES } from './stripe/event-types';
export { judgeStripe, webhookUrlOf } from './stripe/stripe-setup.judge';
export { SignatureError, WebhookVerifier } from './stripe/webhook-verifier';
export { SubscriptionsService } from './subscriptions/subscriptions.service';
export { CustomerDirectory, type BoundCustomer } from './sync/customer-directory';
export { CustomerSyncService, type SyncOutcome } from './sync/customer-sync.service';
export { EventEffects } from './sync/event-effects';
export { RefreshService } from './sync/refresh.service';
export { OPERATOR_TASK_KINDS, type OperatorTask } from './tasks/domain/operator-task';
export { OperatorTasksService } from './tasks/operator-tasks.service';
export { DRIFT_KINDS, type Drift } from './reconcile/domain/drift';
export { DriftService } from './reconcile/drift.service';
export type { DriftFinding } from './reconcile/persistence/drift-findings.repository';
export { ReconcileWorkerModule } from './reconcile-worker.module';
export { SweepService, type SweepReport } from './reconcile/sweep.service';
export { PaymentSigns } from './reconcile/payment-signs';
export { StripeCalls } from './stripe/stripe-calls';
export { OperatorTaskNotFoundError } from './tasks/operator-tasks.errors';
