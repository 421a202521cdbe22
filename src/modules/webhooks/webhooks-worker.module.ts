import { Module } from '@nestjs/common';
import { EngineModule } from 'src/engine/engine.module';
import { PaymentsModule } from 'src/modules/payments';
import { InboxWorkRepository } from 'src/modules/webhooks/persistence/inbox-work.repository';
import { DispatcherService } from './dispatcher.service';
import { EventCustomers } from './event-customers';
import { EventFailures } from './event-failures';
import { EventProcessingService } from './event-processing.service';
import { InboxRunner } from './inbox-runner';
import { BullEventHints } from './jobs/bull-event-hints';
import { EventHints, NoHints } from './jobs/event-hints';
import { provideByQueue } from './jobs/webhooks-queue.module';
import { WebhooksProcessor } from './jobs/webhooks.processor';
import { EventsPollerModule } from './poller/events-poller.module';
import { EventsPollerService } from './poller/events-poller.service';

/** The worker process's part. Without a queue nothing calls WebhooksProcessor, and the dispatcher runs every event. */
@Module({
  imports: [EngineModule, EventsPollerModule, PaymentsModule],
  providers: [
    DispatcherService,
    EventCustomers,
    EventFailures,
    EventProcessingService,
    EventsPollerService,
    InboxWorkRepository,
    InboxRunner,
    WebhooksProcessor,
    provideByQueue(EventHints, { withQueue: BullEventHints, without: NoHints }),
  ],
})
export class WebhooksWorkerModule {}
