import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/domain/clock';
import { AccessConfig } from 'src/config/app-config';
import type { Access } from 'src/modules/payments/access/domain/access';
import { deriveAccess } from 'src/modules/payments/access/domain/derive-access';
import {
  AccessFactsRepository,
  type StoredAccessFacts,
} from 'src/modules/payments/access/persistence/access-facts.repository';
import { SyncRequests } from 'src/engine/sync-requests';

/** A read of stale facts asks for a sync at most this often per customer. */
const SYNC_INTERVAL_MS = 10_000;

/** Answers whether a user may use premium content. Indexed reads only, no cache, no call to Stripe. */
@Injectable()
export class EntitlementsService {
  constructor(
    private readonly facts: AccessFactsRepository,
    private readonly syncs: SyncRequests,
    private readonly policy: AccessConfig,
    private readonly clock: Clock,
  ) {}

  /**
   * The decision as of now, so the first request after a committed revoke is refused on every process.
   * Never turns a failure into "free": throws (503 at the edge) when the facts cannot be read.
   */
  async getAccess(userId: string): Promise<Access> {
    return (await this.explain(userId)).access;
  }

  /** The decision from facts that this request has just read (`ACCESS_FACTS`), else as `getAccess`. */
  async decide(userId: string, facts: StoredAccessFacts | undefined): Promise<Access> {
    return facts === undefined ? this.getAccess(userId) : this.derive(facts);
  }

  /** The decision together with the facts it rests on. */
  async explain(userId: string): Promise<{ access: Access; facts: StoredAccessFacts }> {
    const facts = await this.facts.load(userId);
    return { access: this.derive(facts), facts };
  }

  private derive(facts: StoredAccessFacts): Access {
    const access = deriveAccess(facts, this.policy, this.clock.now());
    if (access.stale) this.askForSync(access, facts);
    return access;
  }

  private askForSync(access: Access, facts: StoredAccessFacts): void {
    const customerId = facts.subscriptions.find(({ id }) => id === access.subscriptionId)?.customerId;
    // The answer does not wait for it.
    if (customerId !== undefined) void this.syncs.ask(customerId, SYNC_INTERVAL_MS);
  }
}
