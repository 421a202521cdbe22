export { EVENT_STATUSES, InboxViewRepository, type EventSummary } from './persistence/inbox-view.repository';
export { WebhooksModule } from './webhooks.module';
