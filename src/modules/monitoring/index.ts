export { PAYMENT_CHECKS, REFUSED_SIGNATURES, BACKLOG_MS, WORKER_SILENT_MS } from './domain/judge-payments';
export type { SystemFacts } from './domain/system-facts';
export { MonitoringModule } from './monitoring.module';
export { PaymentsHealthService, type PaymentsHealth } from './payments-health.service';
export { SystemFactsService } from './system-facts.service';
