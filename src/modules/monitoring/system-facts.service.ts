import { Injectable } from '@nestjs/common';
import { Heartbeats } from 'src/engine/heartbeats';
import { OutboxRepository } from 'src/mail/persistence/outbox.repository';
import { PaymentSigns } from 'src/modules/payments';
import { InboxHealth } from 'src/modules/webhooks';
import { DatabaseSigns } from 'src/database/database-signs';
import { RedisProbe } from 'src/queue/redis-probe';
import type { SystemFacts } from './domain/system-facts';

/** Gathers the facts. Throws when PostgreSQL does not answer; everything else is a fact. */
@Injectable()
export class SystemFactsService {
  constructor(
    private readonly heartbeats: Heartbeats,
    private readonly redis: RedisProbe,
    private readonly payments: PaymentSigns,
    private readonly inbox: InboxHealth,
    private readonly outbox: OutboxRepository,
    private readonly database: DatabaseSigns,
  ) {}

  async read(): Promise<SystemFacts> {
    const [workerSilentMs, redis, redisPolicy, payments, inbox, outbox, database] = await Promise.all([
      this.heartbeats.findSilenceMs(),
      this.redis.check(),
      this.redis.findEvictionPolicy(),
      this.payments.read(),
      this.inbox.read(),
      this.outbox.readSigns(),
      this.database.read(),
    ]);
    return { workerSilentMs, redis, redisPolicy, ...payments, inbox, outbox, database };
  }
}
