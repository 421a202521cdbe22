export { EVENT_STATUSES } from './domain/inbox-event';
export { EventNotReplayableError, WebhookEventNotFoundError } from './inbox-replay.errors';
export { InboxReplayService } from './inbox-replay.service';
export { InboxViewService } from './inbox-view.service';
export { WatchedQueues } from './jobs/watched-queues';
export { WebhooksQueueModule } from './jobs/webhooks-queue.module';
export type { EventDetail, EventSummary, InboxEntry } from './persistence/inbox-view.repository';
export { WebhooksWorkerModule } from './webhooks-worker.module';
export { WebhooksModule } from './webhooks.module';
