import { getQueueToken } from '@nestjs/bull';
import { Global, Module, type DynamicModule, type Provider, type Type } from '@nestjs/common';
import type { Queue } from 'bull';
import type { RedisConfig } from 'src/config/app-config';
import { QueueModule } from 'src/queue/queue.module';
import { WEBHOOKS_QUEUE } from './webhooks.queue';

/**
 * The queue, or nothing without a Redis. The root module of each process registers it once; it is global, so that every
 * module that uses the queue stays a plain class.
 */
@Global()
@Module({})
export class WebhooksQueueModule {
  static register({ url, prefix }: RedisConfig): DynamicModule {
    if (url === undefined) return { module: WebhooksQueueModule };
    return {
      module: WebhooksQueueModule,
      imports: [QueueModule.register({ url, prefix }, WEBHOOKS_QUEUE)],
      exports: [QueueModule],
    };
  }
}

interface QueueChoice<Token> {
  readonly withQueue: new (queue: Queue) => Token;
  readonly without: Type<Token>;
}

/** Provides one class when the process has the queue and another one when it has none. */
export function provideByQueue<Token>(
  token: abstract new () => Token,
  { withQueue, without }: QueueChoice<Token>,
): Provider {
  return {
    provide: token,
    inject: [{ token: getQueueToken(WEBHOOKS_QUEUE), optional: true }],
    useFactory: (queue?: Queue) => (queue === undefined ? new without() : new withQueue(queue)),
  };
}
