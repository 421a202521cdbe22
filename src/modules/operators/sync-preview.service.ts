import { Injectable } from '@nestjs/common';
import { CustomerDirectory, EntitlementsService, RefreshService, type Access } from 'src/modules/payments';

/** What a sync of a customer would change. */
export interface SyncPreview {
  readonly customerId: string;
  readonly userId: string;
  readonly before: Access;
  readonly after: Access;
}

/** Ends the transaction of a sync, so that nothing of it stays. */
class PreviewDone extends Error {
  constructor(readonly after: Access) {
    super('nothing is written');
  }
}

/** Runs the sync of a customer and takes it back: exactly what a replay would do, by the same code. */
@Injectable()
export class SyncPreviewService {
  constructor(
    private readonly directory: CustomerDirectory,
    private readonly entitlements: EntitlementsService,
    private readonly refresh: RefreshService,
  ) {}

  /** Undefined for a customer that belongs to no user. Throws 503 when Stripe is unavailable. */
  async preview(customerId: string, operatorId: string): Promise<SyncPreview | undefined> {
    const userId = await this.directory.findOwner(customerId);
    if (userId === undefined) return undefined;
    const before = await this.entitlements.getAccess(userId);
    const after = await this.runAndTakeBack(customerId, userId, operatorId);
    return { customerId, userId, before, after: after ?? before };
  }

  private async runAndTakeBack(
    customerId: string,
    userId: string,
    operatorId: string,
  ): Promise<Access | undefined> {
    try {
      await this.refresh.refresh(customerId, { kind: 'operator', id: operatorId }, async () => {
        throw new PreviewDone(await this.entitlements.getAccess(userId));
      });
      return undefined;
    } catch (error) {
      if (error instanceof PreviewDone) return error.after;
      throw error;
    }
  }
}
