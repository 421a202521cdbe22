import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/domain/clock';
import {
  CustomerDirectory,
  EntitlementsService,
  OperatorViewsService,
  type Access,
  type BoundCustomer,
  type OperatorFacts,
  type StoredSubscription,
} from 'src/modules/payments';
import { UsersService, type User } from 'src/modules/users';
import { InboxViewService } from 'src/modules/webhooks';

export interface AccessExplanation {
  readonly user: User;
  readonly access: Access;
  /** Business time of the decision. */
  readonly decidedAt: Date;
  readonly subscriptions: readonly StoredSubscription[];
  readonly customers: readonly BoundCustomer[];
  readonly facts: OperatorFacts;
  /** The inbox row of the event that caused the last transition. */
  readonly causeRowId: number | undefined;
  readonly unfinishedEvents: { readonly pending: number; readonly dead: number };
}

/** Explains why a user has or lacks access: the decision, the facts behind it, and its last change. */
@Injectable()
export class AccessExplanationService {
  constructor(
    private readonly users: UsersService,
    private readonly entitlements: EntitlementsService,
    private readonly directory: CustomerDirectory,
    private readonly views: OperatorViewsService,
    private readonly inbox: InboxViewService,
    private readonly clock: Clock,
  ) {}

  /** Throws `user_not_found`. Like every read of access, it requests a sync when the facts look outdated. */
  async explain(userId: string): Promise<AccessExplanation> {
    const user = await this.users.getById(userId);
    const decidedAt = this.clock.now();
    const [{ access, facts: known }, facts, customers] = await Promise.all([
      this.entitlements.explain(userId),
      this.views.loadFacts(userId),
      this.directory.listCustomers(user),
    ]);
    const [causeRowId, unfinishedEvents] = await Promise.all([
      this.findCauseRow(facts),
      this.inbox.countUnfinished(customers.map(({ id }) => id)),
    ]);
    const { subscriptions } = known;
    return { user, access, decidedAt, subscriptions, customers, facts, causeRowId, unfinishedEvents };
  }

  private async findCauseRow({ lastTransition }: OperatorFacts): Promise<number | undefined> {
    if (lastTransition?.cause.kind !== 'webhook') return undefined;
    return this.inbox.findRowId(lastTransition.cause.id);
  }
}
