import { Module } from '@nestjs/common';
import { IngestDatabaseModule } from 'src/database/ingest-database';
import { PaymentsModule } from 'src/modules/payments';
import { InboxIntakeRepository } from 'src/modules/webhooks/persistence/inbox-intake.repository';
import { WebhooksController } from './http/webhooks.controller';
import { InboxBatchReplayService } from './inbox-batch-replay.service';
import { EventHinter } from './event-hinter';
import { InboxReplayService } from './inbox-replay.service';
import { InboxViewService } from './inbox-view.service';
import { InboxWriter } from './inbox-writer';
import { DeliveryVerifier } from './refused/delivery-verifier';
import { RefusedDeliveriesRepository } from './refused/persistence/refused-deliveries.repository';
import { RefusedDeliveries } from './refused/refused-deliveries.service';
import { IngestService } from './ingest.service';
import { BullEventHints } from './jobs/bull-event-hints';
import { EventHints, NoHints } from './jobs/event-hints';
import { BullQueues, NoQueues, WatchedQueues } from './jobs/watched-queues';
import { provideByQueue } from './jobs/webhooks-queue.module';
import { EventAttemptsRepository } from './persistence/event-attempts.repository';
import { InboxReplayRepository } from './persistence/inbox-replay.repository';
import { InboxSelectionRepository } from './persistence/inbox-selection.repository';
import { InboxViewRepository } from './persistence/inbox-view.repository';

/** The web process's part: receives events and shows them. WebhooksWorkerModule processes them. */
@Module({
  imports: [IngestDatabaseModule, PaymentsModule],
  controllers: [WebhooksController],
  providers: [
    EventHinter,
    InboxWriter,
    IngestService,
    EventAttemptsRepository,
    InboxBatchReplayService,
    DeliveryVerifier,
    RefusedDeliveries,
    RefusedDeliveriesRepository,
    InboxReplayRepository,
    InboxReplayService,
    InboxSelectionRepository,
    InboxViewRepository,
    InboxViewService,
    InboxIntakeRepository,
    provideByQueue(EventHints, { withQueue: BullEventHints, without: NoHints }),
    provideByQueue(WatchedQueues, { withQueue: BullQueues, without: NoQueues }),
  ],
  exports: [InboxBatchReplayService, InboxReplayService, InboxViewService, WatchedQueues],
})
export class WebhooksModule {}
