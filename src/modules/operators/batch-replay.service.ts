import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import { InboxBatchReplayService, type ReplaySelection } from 'src/modules/webhooks';
import { AuditLogRepository, type Act } from './persistence/audit-log.repository';
import { SyncPreviewService, type SyncPreview } from './sync-preview.service';

/** Customers whose sync a dry run tries out. Each asks Stripe. */
const PREVIEWED = 10;

export interface BatchReplay {
  readonly dryRun: boolean;
  readonly ids: readonly number[];
  readonly customerIds: readonly string[];
  /** In a dry run: what the sync of the first customers would change. */
  readonly previews: readonly SyncPreview[];
}

/** Replays by a filter. The requeued events and the audit entry are one transaction. */
@Injectable()
export class BatchReplayService {
  constructor(
    private readonly database: Database,
    private readonly inbox: InboxBatchReplayService,
    private readonly previews: SyncPreviewService,
    private readonly audit: AuditLogRepository,
  ) {}

  /** Changes nothing and writes no audit entry. Throws 503 when Stripe is unavailable. */
  async dryRun(selection: ReplaySelection, operatorId: string): Promise<BatchReplay> {
    const { ids, customerIds } = summarise(await this.inbox.list(selection));
    const previews: SyncPreview[] = [];
    for (const customerId of customerIds.slice(0, PREVIEWED)) {
      const preview = await this.previews.preview(customerId, operatorId);
      if (preview !== undefined) previews.push(preview);
    }
    return { dryRun: true, ids, customerIds, previews };
  }

  /** A replay without events writes no audit entry. */
  replay(selection: ReplaySelection, act: Act): Promise<BatchReplay> {
    return this.database.transaction(async () => {
      const { ids, customerIds } = summarise(await this.inbox.replay(selection));
      if (ids.length > 0)
        await this.audit.append({
          act,
          action: 'replay_webhook_events',
          target: { kind: 'webhook_inbox', id: selection.status },
          details: { ids, type: selection.type, customer_id: selection.customerId },
        });
      return { dryRun: false, ids, customerIds, previews: [] };
    });
  }
}

const summarise = (rows: readonly { readonly id: number; readonly customerId: string | null }[]) => ({
  ids: rows.map(({ id }) => id),
  customerIds: [...new Set(rows.flatMap(({ customerId }) => customerId ?? []))],
});
