import { Inject, Injectable } from '@nestjs/common';
import { SubjectOwners } from 'src/engine/subject-owners';
import { UsersService } from 'src/modules/users';
import { AccessRecorder } from 'src/modules/payments/access/access-recorder';
import type { SubscriptionSnapshot } from 'src/modules/payments/domain/subscription';
import type { Lease } from 'src/engine/lease';
import { SubscriptionsRepository } from 'src/modules/payments/sync/persistence/subscriptions.repository';
import type { Cause } from 'src/modules/payments/access/persistence/transitions.repository';
import { PlansService } from 'src/modules/payments/plans/plans.service';
import type { CustomerState } from './customer-state.reader';
import { SYNC_CONTRIBUTORS, type SyncContributor } from './sync-contributor';

/** Writes a fetched customer state and what it means for access. Must run inside the sync's transaction. */
@Injectable()
export class CustomerStateWriter {
  constructor(
    private readonly users: UsersService,
    private readonly owners: SubjectOwners,
    private readonly subscriptions: SubscriptionsRepository,
    @Inject(SYNC_CONTRIBUTORS) private readonly contributors: readonly SyncContributor[],
    private readonly plans: PlansService,
    private readonly recorder: AccessRecorder,
  ) {}

  async write(lease: Lease, state: CustomerState, cause: Cause): Promise<void> {
    const { userId, snapshot, premiumProductIds, writes } = state;
    await this.owners.remember(lease, userId);
    for (const subscription of snapshot.subscriptions) {
      await this.subscriptions.save(
        {
          ...subscription,
          userId,
          customerId: lease.subjectId,
          ...this.classify(subscription, premiumProductIds),
        },
        lease.fence,
      );
    }
    for (const write of writes) await write();
    if (snapshot.deleted) await this.forgetCustomer(lease.subjectId, userId, snapshot.subscriptions);
    const transition = await this.recorder.record(userId, cause);
    const written = { userId, customerId: lease.subjectId, transition };
    for (const contributor of this.contributors) await contributor.afterWrite?.(written);
  }

  /** What it sells here: the item with a price of ours decides, else the first. */
  private classify({ items }: SubscriptionSnapshot, premiumProductIds: ReadonlySet<string>) {
    const item = items.find(({ priceId }) => this.plans.findPlanOfPrice(priceId) !== null) ?? items[0];
    return {
      itemId: item?.id ?? null,
      priceId: item?.priceId ?? null,
      plan: item === undefined ? null : this.plans.findPlanOfPrice(item.priceId),
      grantsPremium: items.some(({ productId }) => premiumProductIds.has(productId)),
    };
  }

  private async forgetCustomer(
    customerId: string,
    userId: string,
    listed: readonly { id: string }[],
  ): Promise<void> {
    await this.subscriptions.cancelMissing(
      customerId,
      listed.map(({ id }) => id),
    );
    for (const contributor of this.contributors) await contributor.forgetCustomer?.(customerId);
    await this.users.unbindCustomer(userId, customerId);
  }
}
