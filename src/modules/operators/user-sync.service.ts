import { Injectable } from '@nestjs/common';
import {
  CustomerDirectory,
  EntitlementsService,
  RefreshService,
  type Access,
  type BoundCustomer,
} from 'src/modules/payments';
import { UsersService } from 'src/modules/users';
import { NothingToSyncError } from './operators.errors';
import { AuditLogRepository, type Act } from './persistence/audit-log.repository';

export interface UserSync {
  readonly customerIds: readonly string[];
  readonly before: Access;
  readonly after: Access;
}

/** Syncs a user with Stripe when an operator requests it, with the same code as every other sync. */
@Injectable()
export class UserSyncService {
  constructor(
    private readonly users: UsersService,
    private readonly directory: CustomerDirectory,
    private readonly refresh: RefreshService,
    private readonly entitlements: EntitlementsService,
    private readonly audit: AuditLogRepository,
  ) {}

  /**
   * Syncs every current and former customer of the user. Throws `user_not_found`, NothingToSyncError, or 503
   * (`stripe_unavailable`, `customer_busy`) with nothing of the failed customer written. Repeating is safe.
   */
  async sync(userId: string, act: Act): Promise<UserSync> {
    const user = await this.users.getById(userId);
    const customers = await this.directory.listCustomers(user);
    if (customers.length === 0) throw new NothingToSyncError();
    const before = await this.entitlements.getAccess(userId);
    await this.syncAll(userId, customers, act);
    const after = await this.entitlements.getAccess(userId);
    return { customerIds: customers.map(({ id }) => id), before, after };
  }

  private async syncAll(userId: string, customers: readonly BoundCustomer[], act: Act): Promise<void> {
    const cause = { kind: 'operator' as const, id: act.operatorId };
    const details = { customer_ids: customers.map(({ id }) => id) };
    const target = { kind: 'user' as const, id: userId };
    const [first, ...others] = customers;
    if (first === undefined) return;
    // Written with the first sync: from then on, the operator has changed something.
    await this.refresh.refresh(first.id, cause, () =>
      this.audit.append({ act, action: 'sync_user', target, userId, details }),
    );
    for (const { id } of others) await this.refresh.refresh(id, cause);
  }
}
