export { CustomerSyncService, type SyncOutcome } from './customer-sync.service';
export {
  ACCESS_STATES,
  type Access,
  type AccessReason,
  type AccessState,
  type NextAction,
} from './domain/access';
export { PLANS } from './domain/subscription';
export { EntitlementsService } from './entitlements.service';
export { GrantNotFoundError } from './grants.errors';
export { GrantsService } from './grants.service';
export { LeaseService } from './lease.service';
export { PaymentsModule } from './payments.module';
export { STRIPE_PROBLEMS } from './payments.errors';
export type { Grant } from './persistence/grants.repository';
export { OperatorFactsRepository, type OperatorFacts } from './persistence/operator-facts.repository';
export { OperatorTimelineRepository, type PaymentEntry } from './persistence/operator-timeline.repository';
export { FenceLostError, SubjectsRepository, type Lease } from './persistence/subjects.repository';
export type { StoredSubscription } from './persistence/subscription.row';
export type { Cause } from './persistence/transitions.repository';
export { PlansService, type PlanSummary } from './plans.service';
export { RefreshService } from './refresh.service';
export { SignatureError, WebhookVerifier } from './stripe/webhook-verifier';
