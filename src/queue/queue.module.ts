import { BullModule, getQueueToken } from '@nestjs/bull';
import { Module, type DynamicModule } from '@nestjs/common';
import type { Queue } from 'bull';
import type { RedisConfig } from 'src/config/app-config';
import { guardQueue } from './guarded-queue';
import { QueueConnections } from './queue-connections';
import { RedisClientsModule } from './redis-clients';
import { retryDelayMs, RETRY_STRATEGY } from './retry-later';

const SETTINGS = {
  lockDuration: 5000,
  stalledInterval: 2000,
  maxStalledCount: 1,
  // How long a lost notification may hold up a delayed job.
  guardInterval: 1000,
  // After a flush a consumer waits this long before it looks again.
  retryProcessDelay: 500,
  drainDelay: 1,
  backoffStrategies: { [RETRY_STRATEGY]: retryDelayMs },
};

/** How many finished and how many failed jobs the queue dashboard shows, at most. */
const KEPT_JOBS = { count: 1000, age: 7 * 24 * 3600 };

// When a job is retried, and whether, is decided in PostgreSQL: Bull's own limit must never be reached first.
const JOB_OPTIONS = {
  attempts: 1_000_000,
  backoff: { type: RETRY_STRATEGY },
  removeOnComplete: KEPT_JOBS,
  removeOnFail: KEPT_JOBS,
  stackTraceLimit: 1,
};

@Module({ imports: [RedisClientsModule], providers: [QueueConnections], exports: [QueueConnections] })
class QueueConnectionsModule {}

/**
 * Bull on Redis. Bull is at-least-once and Redis may be flushed, slow or unavailable: PostgreSQL is the record, a job
 * only a hint. A worker that dies is noticed after about 5 s instead of Bull's 30 s.
 */
@Module({})
export class QueueModule {
  /** Call only when there is a Redis. */
  static register({ url, prefix }: RedisConfig & { readonly url: string }, name: string): DynamicModule {
    const queue = BullModule.registerQueue({ name });
    return {
      module: QueueModule,
      imports: [
        QueueConnectionsModule,
        BullModule.forRootAsync({
          imports: [QueueConnectionsModule],
          inject: [QueueConnections],
          useFactory: (connections: QueueConnections) => ({
            prefix,
            createClient: (_type, options) => connections.create(url, options),
            settings: SETTINGS,
            defaultJobOptions: JOB_OPTIONS,
          }),
        }),
        queue,
      ],
      providers: [
        {
          // Before Nest registers the processors, which it does once every provider exists.
          provide: `guard of ${name}`,
          inject: [getQueueToken(name), QueueConnections],
          useFactory: (created: Queue, connections: QueueConnections) => {
            guardQueue(created, () => connections.disconnect());
            return true;
          },
        },
      ],
      exports: [queue],
    };
  }
}
