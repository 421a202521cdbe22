import { BullModule } from '@nestjs/bull';
import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import type { RedisConfig } from 'src/config/app-config';
import { PaymentsModule } from 'src/modules/payments';
import { QueueModule } from 'src/queue/queue.module';
import { DispatcherService } from './dispatcher.service';
import { EventFailures } from './event-failures';
import { EventProcessingService } from './event-processing.service';
import { WebhooksController } from './http/webhooks.controller';
import { InboxRunner } from './inbox-runner';
import { InboxReplayService } from './inbox-replay.service';
import { IngestService } from './ingest.service';
import { BullEventHints } from './jobs/bull-event-hints';
import { EventHints, NoHints } from './jobs/event-hints';
import { WebhooksProcessor } from './jobs/webhooks.processor';
import { BullQueues, NoQueues, WatchedQueues } from './jobs/watched-queues';
import { WEBHOOKS_QUEUE } from './jobs/webhooks.queue';
import { InboxReplayRepository } from './persistence/inbox-replay.repository';
import { InboxTimelineRepository } from './persistence/inbox-timeline.repository';
import { InboxViewRepository } from './persistence/inbox-view.repository';
import { InboxRepository } from './persistence/inbox.repository';
import { WebhookEventsRepository } from './persistence/webhook-events.repository';

/** The web process receives events, the worker process works on them. Without a Redis there is no queue in either. */
@Module({})
export class WebhooksModule {
  static forWeb(redis: RedisConfig): DynamicModule {
    return {
      module: WebhooksModule,
      imports: [PaymentsModule, ...queueOf(redis)],
      controllers: [WebhooksController],
      providers: [
        IngestService,
        InboxReplayRepository,
        InboxReplayService,
        InboxTimelineRepository,
        InboxViewRepository,
        WebhookEventsRepository,
        hintsOf(redis),
        queuesOf(redis),
      ],
      exports: [InboxReplayService, InboxTimelineRepository, InboxViewRepository, WatchedQueues],
    };
  }

  static forWorker(redis: RedisConfig): DynamicModule {
    const processors = redis.url === undefined ? [] : [WebhooksProcessor];
    return {
      module: WebhooksModule,
      imports: [PaymentsModule, ...queueOf(redis)],
      providers: [
        DispatcherService,
        EventFailures,
        EventProcessingService,
        InboxRepository,
        InboxRunner,
        hintsOf(redis),
        ...processors,
      ],
    };
  }
}

function queueOf({ url, prefix }: RedisConfig): DynamicModule[] {
  if (url === undefined) return [];
  return [QueueModule.register({ url, prefix }), BullModule.registerQueue({ name: WEBHOOKS_QUEUE })];
}

const hintsOf = ({ url }: RedisConfig): Provider => ({
  provide: EventHints,
  useClass: url === undefined ? NoHints : BullEventHints,
});

const queuesOf = ({ url }: RedisConfig): Provider => ({
  provide: WatchedQueues,
  useClass: url === undefined ? NoQueues : BullQueues,
});
