import { Module } from '@nestjs/common';
import { PaymentsModule } from 'src/modules/payments';
import { WebhooksController } from './http/webhooks.controller';
import { InboxReplayService } from './inbox-replay.service';
import { IngestService } from './ingest.service';
import { BullEventHints } from './jobs/bull-event-hints';
import { EventHints, NoHints } from './jobs/event-hints';
import { BullQueues, NoQueues, WatchedQueues } from './jobs/watched-queues';
import { provideByQueue } from './jobs/webhooks-queue.module';
import { InboxReplayRepository } from './persistence/inbox-replay.repository';
import { InboxTimelineRepository } from './persistence/inbox-timeline.repository';
import { InboxViewRepository } from './persistence/inbox-view.repository';
import { WebhookEventsRepository } from './persistence/webhook-events.repository';

/** The web process's part: receives events and shows them. WebhooksWorkerModule processes them. */
@Module({
  imports: [PaymentsModule],
  controllers: [WebhooksController],
  providers: [
    IngestService,
    InboxReplayRepository,
    InboxReplayService,
    InboxTimelineRepository,
    InboxViewRepository,
    WebhookEventsRepository,
    provideByQueue(EventHints, { withQueue: BullEventHints, without: NoHints }),
    provideByQueue(WatchedQueues, { withQueue: BullQueues, without: NoQueues }),
  ],
  exports: [InboxReplayService, InboxTimelineRepository, InboxViewRepository, WatchedQueues],
})
export class WebhooksModule {}
