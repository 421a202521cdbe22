import { BullModule } from '@nestjs/bull';
import { Module, type DynamicModule } from '@nestjs/common';
import type { RedisConfig } from 'src/config/app-config';
import { RedisClients, RedisClientsModule } from './redis-clients';

const SETTINGS = {
  lockDuration: 5000,
  stalledInterval: 2000,
  maxStalledCount: 1,
  // After a flush a consumer waits this long before it looks again.
  retryProcessDelay: 500,
  drainDelay: 1,
};

// What must be retried, and when, is in Postgres. A finished job that stayed would swallow the next hint.
const JOB_OPTIONS = { attempts: 1, removeOnComplete: true, removeOnFail: true };

/**
 * Bull on Redis. Bull is at-least-once and Redis may be flushed, slow or away: Postgres is the record, a job only a
 * hint. A worker that dies is noticed after about 5 s instead of Bull's 30 s.
 */
@Module({})
export class QueueModule {
  /** Call only when there is a Redis. */
  static register({ url, prefix }: RedisConfig & { readonly url: string }): DynamicModule {
    return {
      module: QueueModule,
      imports: [
        BullModule.forRootAsync({
          imports: [RedisClientsModule],
          inject: [RedisClients],
          useFactory: (clients: RedisClients) => ({
            prefix,
            createClient: (_type, options) => clients.create(url, options),
            settings: SETTINGS,
            defaultJobOptions: JOB_OPTIONS,
          }),
        }),
      ],
      exports: [BullModule],
    };
  }
}
