import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import { EntitlementsService, GrantsService, type Access, type Grant } from 'src/modules/payments';
import { UsersService } from 'src/modules/users';
import { AuditLogRepository, type Act } from './persistence/audit-log.repository';

export interface GrantOutcome {
  readonly grant: Grant;
  /** The decision after the change. A subscription may still give access after a grant was revoked. */
  readonly access: Access;
}

/** Complimentary access from operators. Grant, transition and audit entry are one transaction. */
@Injectable()
export class AccessGrantsService {
  constructor(
    private readonly database: Database,
    private readonly users: UsersService,
    private readonly grants: GrantsService,
    private readonly entitlements: EntitlementsService,
    private readonly audit: AuditLogRepository,
  ) {}

  /** Each call creates another grant. Throws `user_not_found`, or `invalid_request` when `endsAt` is in the past. */
  async grant(userId: string, endsAt: Date | undefined, act: Act): Promise<GrantOutcome> {
    await this.users.getById(userId);
    const { operatorId, reason } = act;
    const grant = await this.database.transaction(async () => {
      const created = await this.grants.grant({ userId, operatorId, reason, endsAt });
      const details = { grant_id: created.id, ends_at: endsAt?.toISOString() };
      await this.audit.append({
        act,
        action: 'grant_access',
        target: { kind: 'user', id: userId },
        userId,
        details,
      });
      return created;
    });
    return { grant, access: await this.entitlements.getAccess(userId) };
  }

  /** Idempotent: revoking again changes nothing and writes no second entry. Throws `grant_not_found`. */
  async revoke(grantId: string, act: Act): Promise<GrantOutcome> {
    const grant = await this.database.transaction(async () => {
      const { grant: revoked, changed } = await this.grants.revoke(grantId, act.operatorId);
      const target = { kind: 'grant' as const, id: grantId };
      if (changed) await this.audit.append({ act, action: 'revoke_grant', target, userId: revoked.userId });
      return revoked;
    });
    return { grant, access: await this.entitlements.getAccess(grant.userId) };
  }
}
