import { Injectable, Logger } from '@nestjs/common';
import type { Lease } from './lease';
import { SubjectsRepository, type DueSync } from './persistence/subjects.repository';

export type { DueSync };

/** Syncs that were requested without an event. A request is a row, so it survives a crash. */
@Injectable()
export class SyncRequests {
  private readonly logger = new Logger(SyncRequests.name);

  constructor(private readonly subjects: SubjectsRepository) {}

  /**
   * Requests a sync from the workers. At most one request is open per subject, and none is made within `minIntervalMs`
   * of the last sync. Never throws: the caller's answer must not fail because of it.
   */
  async ask(subjectId: string, minIntervalMs: number): Promise<void> {
    try {
      await this.subjects.requestSync(subjectId, minIntervalMs);
    } catch (error) {
      this.logger.warn({ err: error, subject: subjectId }, 'sync not requested');
    }
  }

  /** Joins the sync's transaction: one more sync follows this one, after `pauseMs`. */
  async askAgain(subjectId: string, pauseMs: number): Promise<void> {
    await this.subjects.requestAnotherSync(subjectId, pauseMs);
  }

  /** Returns up to `limit` due requests of subjects without a lease, and hides them for `holdMs`. */
  takeDue(limit: number, holdMs: number): Promise<DueSync[]> {
    return this.subjects.takeDueSyncs(limit, holdMs);
  }

  /** Joins the sync's transaction: the requests that were open when the lease began are served. */
  markServed(lease: Lease): Promise<void> {
    return this.subjects.markSynced(lease);
  }

  /** A sync failed: an open request is retried later, after up to ten minutes, until it succeeds. */
  postpone(subjectId: string): Promise<void> {
    return this.subjects.postponeSync(subjectId);
  }
}
