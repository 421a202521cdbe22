import { BullModule, InjectQueue, Process, Processor } from '@nestjs/bull';
import { Controller, HttpCode, Module, Post, Req, type RawBodyRequest } from '@nestjs/common';
import { InjectRepository, TypeOrmModule } from '@nestjs/typeorm';
import type { Job, Queue } from 'bull';
import type { FastifyRequest } from 'fastify';
import Stripe from 'stripe';
import { Column, Entity, PrimaryColumn, type Repository } from 'typeorm';
import type { PeerOptions } from './peer-options';

const QUEUE = 'naive';

@Entity('naive_events')
class NaiveEvent {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  type: string;

  @Column('jsonb')
  payload: object;

  @Column('timestamptz', { name: 'received_at', default: () => 'now()' })
  receivedAt: Date;

  @Column('timestamptz', { name: 'processed_at', nullable: true })
  processedAt: Date | null;
}

const imports = ({ databaseUrl, redisUrl }: PeerOptions) => [
  TypeOrmModule.forRoot({ type: 'postgres', url: databaseUrl, entities: [NaiveEvent], synchronize: true }),
  TypeOrmModule.forFeature([NaiveEvent]),
  BullModule.forRoot({ url: redisUrl, prefix: new URL(databaseUrl).pathname.slice(1) }),
  BullModule.registerQueue({ name: QUEUE }),
];

/** A webhook as it is usually written: verify, insert, await the queue, answer. */
export function naiveModule(options: PeerOptions): object {
  const { webhooks } = new Stripe('sk_test_bench');

  @Controller()
  class NaiveController {
    constructor(
      @InjectRepository(NaiveEvent) private readonly events: Repository<NaiveEvent>,
      @InjectQueue(QUEUE) private readonly queue: Queue,
    ) {}

    @Post('webhook')
    @HttpCode(200)
    async receive(@Req() { rawBody, headers }: RawBodyRequest<FastifyRequest>): Promise<{ received: true }> {
      const signature = headers['stripe-signature'] ?? '';
      const event = webhooks.constructEvent(rawBody ?? '', signature, options.webhookSecret);
      await this.events.insert({ id: event.id, type: event.type, payload: event });
      await this.queue.add({ id: event.id }, { removeOnComplete: true });
      return { received: true };
    }
  }

  @Module({ imports: imports(options), controllers: [NaiveController] })
  class NaiveModule {}
  return NaiveModule;
}

/** Its worker: one update per event. */
export function naiveWorkerModule(options: PeerOptions): object {
  @Processor(QUEUE)
  class NaiveProcessor {
    constructor(@InjectRepository(NaiveEvent) private readonly events: Repository<NaiveEvent>) {}

    @Process({ concurrency: 10 })
    async process({ data }: Job<{ id: string }>): Promise<void> {
      await this.events.update({ id: data.id }, { processedAt: new Date() });
    }
  }

  @Module({ imports: imports(options), providers: [NaiveProcessor] })
  class NaiveWorkerModule {}
  return NaiveWorkerModule;
}
