export {
  EVENT_STATUSES,
  InboxViewRepository,
  type EventDetail,
  type EventSummary,
} from './persistence/inbox-view.repository';
export { InboxTimelineRepository, type InboxEntry } from './persistence/inbox-timeline.repository';
export { InboxReplayService } from './inbox-replay.service';
export { EventNotReplayableError, WebhookEventNotFoundError } from './inbox-replay.errors';
export { WatchedQueues } from './jobs/watched-queues';
export { WebhooksModule } from './webhooks.module';
export { WebhooksQueueModule } from './jobs/webhooks-queue.module';
export { WebhooksWorkerModule } from './webhooks-worker.module';
