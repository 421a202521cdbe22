import type { BaseAdapter } from '@bull-board/api/baseAdapter';
import { BullAdapter } from '@bull-board/api/bullAdapter';
import { InjectQueue } from '@nestjs/bull';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bull';
import { WEBHOOKS_QUEUE } from './webhooks.queue';

/** The queues of this process, for a board that looks and changes nothing. */
export abstract class WatchedQueues {
  /** Empty without a Redis. */
  abstract readonly all: readonly BaseAdapter[];
  /** False while Redis is away: whatever is asked then waits until it is back. */
  abstract isReady(): boolean;
}

@Injectable()
export class BullQueues extends WatchedQueues {
  readonly all: readonly BaseAdapter[];

  constructor(@InjectQueue(WEBHOOKS_QUEUE) private readonly queue: Queue) {
    super();
    // Acts belong to the operations of operators, which need a reason and leave an entry in the audit log.
    this.all = [
      new BullAdapter(queue, {
        readOnlyMode: true,
        allowRetries: false,
        description: 'Hints to work on received events. The events themselves are in PostgreSQL.',
      }),
    ];
  }

  isReady(): boolean {
    return this.queue.client.status === 'ready';
  }
}

/** There is no Redis. */
export class NoQueues extends WatchedQueues {
  readonly all: readonly BaseAdapter[] = [];

  isReady(): boolean {
    return false;
  }
}
