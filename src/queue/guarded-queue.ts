import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { Queue } from 'bull';
import { within } from 'src/common/deadline';
import { RetryLaterError } from './retry-later';

/** Of Bull 4.16.5, pinned: what its own start leaves without an error handler. */
interface QueueInternals {
  setWorkerName(): Promise<unknown>;
  setHandler(name: string, handler: unknown): void;
  _initProcess(): Promise<unknown>;
  _initializingProcess?: Promise<unknown> | undefined;
  start(concurrency: number, name: string): Promise<unknown>;
  readonly closing?: unknown;
}

const START_AGAIN_MS = 1000;
/** Work in flight gets this long to finish when the process shuts down. */
const CLOSE_MS = 4000;

/**
 * Makes a queue safe while Redis refuses commands: Bull leaves rejected promises behind when it names its connection
 * and when it starts to consume, each of which would end the process. Consuming is started again until it works.
 */
export function guardQueue(queue: Queue, disconnect: () => void): void {
  const logger = new Logger('Queue');
  const internals = queue as unknown as QueueInternals;
  const setWorkerName = internals.setWorkerName.bind(queue);
  internals.setWorkerName = () => setWorkerName().catch(() => undefined);
  const process = (name: string, concurrency: number, handler: unknown): void => {
    internals.setHandler(name, handler);
    void startConsuming(internals, { name, concurrency, logger });
  };
  const close = queue.close.bind(queue);
  const closeInTime = async (doNotWaitJobs?: boolean): Promise<void> => {
    await within(close(doNotWaitJobs), CLOSE_MS, undefined);
    disconnect();
  };
  Object.assign(queue, { process, close: closeInTime });
  logIncidents(queue, logger);
}

interface Consumer {
  readonly name: string;
  readonly concurrency: number;
  readonly logger: Logger;
}

async function startConsuming(
  internals: QueueInternals,
  { name, concurrency, logger }: Consumer,
): Promise<void> {
  let failed = false;
  while (internals.closing === undefined) {
    try {
      await internals._initProcess();
      // Resolves when the queue closes.
      await internals.start(concurrency, name);
      return;
    } catch (error) {
      if (!failed) logger.warn({ err: error }, 'cannot consume the queue yet; trying again every second');
      failed = true;
      internals._initializingProcess = undefined;
      await sleep(START_AGAIN_MS, undefined, { ref: false });
    }
  }
}

/** Consumers try again twice a second each: one line says that they fail, one that they work again. */
function logIncidents(queue: Queue, logger: Logger): void {
  let reason: string | undefined;
  queue.on('error', (error: Error) => {
    if (reason === error.message) return;
    reason = error.message;
    logger.warn({ err: error }, 'the queue reports an error; events continue from PostgreSQL meanwhile');
  });
  queue.on('failed', (job, error: Error) => {
    if (!(error instanceof RetryLaterError)) logger.warn({ err: error, job: job.id }, 'a job failed');
  });
  queue.on('completed', () => {
    if (reason !== undefined) logger.log({ reason }, 'the queue works again');
    reason = undefined;
  });
}
