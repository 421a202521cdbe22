export { CustomerSyncService, type SyncOutcome } from 'src/modules/payments/sync/customer-sync.service';
export {
  ACCESS_STATES,
  type Access,
  type AccessReason,
  type AccessState,
  type NextAction,
} from 'src/modules/payments/access/domain/access';
export { PLANS } from './domain/subscription';
export { EntitlementsService } from 'src/modules/payments/access/entitlements.service';
export { GrantNotFoundError } from 'src/modules/payments/access/grants.errors';
export { GrantsService } from 'src/modules/payments/access/grants.service';
export { PaymentsModule } from './payments.module';
export { STRIPE_PROBLEMS } from './payments.errors';
export type { Grant } from 'src/modules/payments/access/persistence/grants.repository';
export {
  OperatorFactsRepository,
  type OperatorFacts,
} from 'src/modules/payments/access/persistence/operator-facts.repository';
export {
  OperatorTimelineRepository,
  type PaymentEntry,
} from 'src/modules/payments/access/persistence/operator-timeline.repository';
export type { StoredSubscription } from 'src/modules/payments/access/persistence/subscription.row';
export type { Cause } from 'src/modules/payments/access/persistence/transitions.repository';
export { PlansService, type PlanSummary } from 'src/modules/payments/plans/plans.service';
export { RefreshService } from 'src/modules/payments/sync/refresh.service';
export { SignatureError, WebhookVerifier } from './stripe/webhook-verifier';
