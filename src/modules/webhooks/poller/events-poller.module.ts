import { Module } from '@nestjs/common';
import { Database } from 'src/database/database';
import { IngestDatabase } from 'src/database/ingest-database';
import { EngineModule } from 'src/engine/engine.module';
import { PaymentsModule } from 'src/modules/payments';
import { InboxIntakeRepository } from 'src/modules/webhooks/persistence/inbox-intake.repository';
import { EventsPoller } from './events-poller';
import { EventCursorsRepository } from './persistence/event-cursors.repository';
import { PolledEvents } from './polled-events';

/** For processes that receive no webhooks: the inbox is written through the ordinary connections. */
@Module({
  imports: [EngineModule, PaymentsModule],
  providers: [
    { provide: IngestDatabase, useExisting: Database },
    EventCursorsRepository,
    EventsPoller,
    InboxIntakeRepository,
    PolledEvents,
  ],
  exports: [EventsPoller],
})
export class EventsPollerModule {}
