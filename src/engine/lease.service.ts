import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { CustomerBusyError } from './engine.errors';
import { FenceLostError, type Lease } from './lease';
import { SubjectsRepository } from './persistence/subjects.repository';

/** A dead holder blocks its subject no longer than this. */
const TTL_MS = 5000;
const RENEW_MS = 1500;
const POLL_MS = 40;

/** One piece of work at a time per subject, across all processes; the fence rejects a write under a lost lease. */
@Injectable()
export class LeaseService {
  private readonly logger = new Logger(LeaseService.name);
  private readonly owner = `${process.pid}-${randomUUID().slice(0, 8)}`;

  constructor(private readonly subjects: SubjectsRepository) {}

  /** Runs `work` under the lease, or returns `busy` at once when another process holds it. */
  async tryRun<T>(subjectId: string, work: (lease: Lease) => Promise<T>): Promise<T | 'busy'> {
    const lease = await this.subjects.acquire(subjectId, this.owner, TTL_MS);
    return lease === undefined ? 'busy' : this.hold(lease, work);
  }

  /** Waits for the lease up to `waitMs`, then throws CustomerBusyError (503); so does work that lost its lease. */
  async run<T>(subjectId: string, waitMs: number, work: (lease: Lease) => Promise<T>): Promise<T> {
    const deadline = performance.now() + waitMs;
    for (;;) {
      const lease = await this.subjects.acquire(subjectId, this.owner, TTL_MS);
      if (lease !== undefined) return this.hold(lease, work).catch(lostLeaseAsBusy);
      if (performance.now() >= deadline) throw new CustomerBusyError();
      await sleep(POLL_MS + Math.random() * POLL_MS);
    }
  }

  /** Inside a transaction: locks the subject and proves that the lease is still in force. Throws FenceLostError. */
  assertCurrent(lease: Lease): Promise<void> {
    return this.subjects.assertFence(lease);
  }

  private async hold<T>(lease: Lease, work: (lease: Lease) => Promise<T>): Promise<T> {
    const renewal = setInterval(() => {
      this.subjects
        .renew(lease, TTL_MS)
        .catch((error: unknown) => this.logger.warn({ err: error }, 'lease not renewed'));
    }, RENEW_MS);
    try {
      return await work(lease);
    } finally {
      clearInterval(renewal);
      // If this fails the lease runs out by itself.
      await this.subjects.release(lease).catch(() => undefined);
    }
  }
}

/** Nothing was written, and the new owner is at work: for the person who waits it is the same as busy. */
function lostLeaseAsBusy(error: unknown): never {
  throw error instanceof FenceLostError ? new CustomerBusyError({ cause: error }) : error;
}
