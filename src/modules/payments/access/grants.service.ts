import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/domain/clock';
import { InvalidRequestError } from 'src/common/errors/app-error';
import { Database } from 'src/database/database';
import { SubjectOwners } from 'src/engine/subject-owners';
import { UsersService } from 'src/modules/users';
import { GrantsRepository, type Grant } from 'src/modules/payments/access/persistence/grants.repository';
import { AccessRecorder } from './access-recorder';
import { GrantNotFoundError } from './grants.errors';

export interface GrantRequest {
  readonly userId: string;
  readonly operatorId: string;
  readonly reason: string;
  /** Undefined when the grant lasts until it is revoked. */
  readonly endsAt: Date | undefined;
}

/** Complimentary access. Joins an open transaction, so that a grant and its transition are committed together. */
@Injectable()
export class GrantsService {
  constructor(
    private readonly database: Database,
    private readonly grants: GrantsRepository,
    private readonly users: UsersService,
    private readonly owners: SubjectOwners,
    private readonly recorder: AccessRecorder,
    private readonly clock: Clock,
  ) {}

  /** Applies to the next request of the user. Throws `invalid_request` when `endsAt` is in the past. */
  async grant({ userId, operatorId, reason, endsAt }: GrantRequest): Promise<Grant> {
    const startsAt = this.clock.now();
    if (endsAt !== undefined && endsAt <= startsAt) {
      throw new InvalidRequestError('The grant must end in the future.', {
        errors: [{ pointer: '/ends_at', detail: `Must be after ${startsAt.toISOString()}` }],
      });
    }
    return this.database.transaction(async () => {
      await this.lock(userId);
      const grant = await this.grants.insert({
        userId,
        reason,
        startsAt,
        endsAt: endsAt ?? null,
        grantedBy: operatorId,
      });
      await this.recorder.record(userId, { kind: 'operator', id: operatorId });
      return grant;
    });
  }

  /** Idempotent: `changed` is false when the grant was already revoked. Throws GrantNotFoundError. */
  async revoke(grantId: string, operatorId: string): Promise<{ grant: Grant; changed: boolean }> {
    return this.database.transaction(async () => {
      const found = await this.grants.find(grantId);
      if (found === undefined) throw new GrantNotFoundError();
      await this.lock(found.userId);
      const revoked = await this.grants.revoke(grantId);
      // A concurrent request revoked it first: return that row.
      if (revoked === undefined) return { grant: (await this.grants.find(grantId)) ?? found, changed: false };
      await this.recorder.record(found.userId, { kind: 'operator', id: operatorId });
      return { grant: revoked, changed: true };
    });
  }

  /**
   * Blocks syncs and other grants of the user until the transaction ends, so that nobody changes the facts behind a
   * transition. Locks customers first, in the order of a sync, so that the two cannot deadlock.
   */
  private async lock(userId: string): Promise<void> {
    const { stripeCustomerId } = await this.users.getById(userId);
    await this.owners.lockOwned(userId, stripeCustomerId);
    await this.grants.lockUser(userId);
  }
}
