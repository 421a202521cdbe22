export { CustomerSyncService, type SyncOutcome } from './customer-sync.service';
export type { Access, AccessReason, AccessState, NextAction } from './domain/access';
export { EntitlementsService } from './entitlements.service';
export { LeaseService } from './lease.service';
export { PaymentsModule } from './payments.module';
export { FenceLostError, SubjectsRepository, type Lease } from './persistence/subjects.repository';
export { PlansService, type PlanSummary } from './plans.service';
export { SignatureError, WebhookVerifier } from './stripe/webhook-verifier';
