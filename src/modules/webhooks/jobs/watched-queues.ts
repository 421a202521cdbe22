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
  /** False while Redis is unavailable: a call then waits until it is back. */
  abstract isReady(): boolean;
}

/** The adapter adds one to the attempts, for the one to come. Here the number is that of the row: attempts made. */
class AttemptsMadeAdapter extends BullAdapter {
  override async getJob(id: string): ReturnType<BullAdapter['getJob']> {
    const job = await super.getJob(id);
    if (job) job.attemptsMade -= 1;
    return job;
  }

  override async getJobs(...args: Parameters<BullAdapter['getJobs']>): ReturnType<BullAdapter['getJobs']> {
    const jobs = await super.getJobs(...args);
    for (const job of jobs) job.attemptsMade -= 1;
    return jobs;
  }
}

@Injectable()
export class BullQueues extends WatchedQueues {
  readonly all: readonly BaseAdapter[];

  constructor(@InjectQueue(WEBHOOKS_QUEUE) private readonly queue: Queue) {
    super();
    // Acts belong to the operations of operators, which need a reason and leave an entry in the audit log.
    this.all = [
      new AttemptsMadeAdapter(queue, {
        readOnlyMode: true,
        allowRetries: false,
        description: 'Received events on their way. The events themselves are in PostgreSQL.',
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
