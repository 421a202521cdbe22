export type { Access, AccessReason, AccessState, NextAction } from './domain/access';
export { EntitlementsService } from './entitlements.service';
export { PaymentsModule } from './payments.module';
