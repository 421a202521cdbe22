import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** A person waits on one page, which reloads every few seconds. Webhooks report the payment in any case. */
const SYNCS_PER_MINUTE = 10;

interface Running {
  readonly done: Promise<boolean>;
  next?: Promise<boolean>;
}

/**
 * Bounds what return pages cost: anyone who knows one session id can load its page in a loop. Per session and process, one
 * sync runs and one waits, which all requests share that arrived before it began, and ten run per minute.
 */
@Injectable()
export class ReturnSyncs {
  private readonly limiter = new RateLimiterMemory({ points: SYNCS_PER_MINUTE, duration: 60 });
  private readonly running = new Map<string, Running>();

  /** Runs `sync`, or shares a run that begins after this call. Resolves to false when the session had its ten. */
  run(session: string, sync: () => Promise<void>): Promise<boolean> {
    const current = this.running.get(session);
    if (current === undefined) return this.start(session, sync);
    current.next ??= current.done.catch(() => undefined).then(() => this.start(session, sync));
    return current.next;
  }

  private start(session: string, sync: () => Promise<void>): Promise<boolean> {
    const done = this.syncWithinLimit(session, sync).finally(() => this.running.delete(session));
    this.running.set(session, { done });
    return done;
  }

  private async syncWithinLimit(session: string, sync: () => Promise<void>): Promise<boolean> {
    try {
      await this.limiter.consume(session);
    } catch (error) {
      if (error instanceof RateLimiterRes) return false;
      throw error;
    }
    await sync();
    return true;
  }
}
