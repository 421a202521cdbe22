import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import { CustomerDirectory } from 'src/modules/payments';
import { InboxReplayService } from 'src/modules/webhooks';
import { AuditLogRepository, type Act } from './persistence/audit-log.repository';

export interface DeadReplay {
  readonly dryRun: boolean;
  /** The oldest dead events: replayed, or in a dry run those that a replay would affect. */
  readonly ids: readonly number[];
  /** Remaining dead events. */
  readonly remaining: number;
}

/** Replays that an operator requests. The requeued events and the audit entry are one transaction. */
@Injectable()
export class EventReplayService {
  constructor(
    private readonly database: Database,
    private readonly inbox: InboxReplayService,
    private readonly directory: CustomerDirectory,
    private readonly audit: AuditLogRepository,
  ) {}

  /** Throws `webhook_event_not_found` or `event_not_replayable`. */
  async replay(id: number, act: Act): Promise<void> {
    await this.database.transaction(async () => {
      const { eventId, customerId, status } = await this.inbox.replay(id);
      await this.audit.append({
        act,
        action: 'replay_webhook_event',
        target: { kind: 'webhook_event', id: String(id) },
        userId: customerId === null ? undefined : await this.directory.findOwner(customerId),
        details: { event_id: eventId, was: status },
      });
    });
  }

  /** Throws `webhook_event_not_found` or `event_not_ignorable`. */
  async ignore(id: number, act: Act): Promise<void> {
    await this.database.transaction(async () => {
      const { eventId, customerId, status } = await this.inbox.ignore(id);
      await this.audit.append({
        act,
        action: 'ignore_webhook_event',
        target: { kind: 'webhook_event', id: String(id) },
        userId: customerId === null ? undefined : await this.directory.findOwner(customerId),
        details: { event_id: eventId, was: status },
      });
    });
  }

  /** A dry run, and a replay without events, change nothing and write no audit entry. */
  async replayDead(request: { dryRun: boolean; limit: number }, act: Act): Promise<DeadReplay> {
    const { dryRun, limit } = request;
    if (dryRun) {
      const ids = await this.inbox.listDead(limit);
      return { dryRun, ids, remaining: await this.inbox.countDead() };
    }
    return this.database.transaction(async () => {
      const ids = await this.inbox.replayDead(limit);
      if (ids.length > 0) {
        const target = { kind: 'webhook_inbox' as const, id: 'dead' };
        await this.audit.append({ act, action: 'replay_dead_events', target, details: { ids, limit } });
      }
      return { dryRun, ids, remaining: await this.inbox.countDead() };
    });
  }
}
