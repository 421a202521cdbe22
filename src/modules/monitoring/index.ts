export type { SystemFacts } from './domain/system-facts';
export { MonitoringModule } from './monitoring.module';
export { PaymentsHealthService, type PaymentsHealth } from './payments-health.service';
export { SystemFactsService } from './system-facts.service';
