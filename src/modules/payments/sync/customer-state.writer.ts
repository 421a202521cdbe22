import { Injectable } from '@nestjs/common';
import { SubjectOwners } from 'src/engine/subject-owners';
import { UsersService } from 'src/modules/users';
import { AccessRecorder } from 'src/modules/payments/access/access-recorder';
import { CheckoutSessionsRepository } from 'src/modules/payments/checkout/persistence/checkout-sessions.repository';
import type { Lease } from 'src/engine/lease';
import { SubscriptionsRepository } from 'src/modules/payments/sync/persistence/subscriptions.repository';
import type { Cause } from 'src/modules/payments/access/persistence/transitions.repository';
import { PlansService } from 'src/modules/payments/plans/plans.service';
import type { CustomerState } from './customer-state.reader';

/** Writes a fetched customer state and what it means for access. Must run inside the sync's transaction. */
@Injectable()
export class CustomerStateWriter {
  constructor(
    private readonly users: UsersService,
    private readonly owners: SubjectOwners,
    private readonly subscriptions: SubscriptionsRepository,
    private readonly sessions: CheckoutSessionsRepository,
    private readonly plans: PlansService,
    private readonly recorder: AccessRecorder,
  ) {}

  async write(lease: Lease, state: CustomerState, cause: Cause): Promise<void> {
    const { userId, snapshot, premiumProductIds, checkout } = state;
    await this.owners.remember(lease, userId);
    for (const one of snapshot.subscriptions) {
      const priceId =
        one.priceIds.find((id) => this.plans.findPlanOfPrice(id) !== null) ?? one.priceIds[0] ?? null;
      await this.subscriptions.save(
        {
          ...one,
          userId,
          customerId: lease.subjectId,
          priceId,
          plan: priceId === null ? null : this.plans.findPlanOfPrice(priceId),
          grantsPremium: one.productIds.some((id) => premiumProductIds.has(id)),
        },
        lease.fence,
      );
    }
    if (checkout !== undefined) await this.sessions.update(checkout);
    if (snapshot.deleted) await this.forgetCustomer(lease.subjectId, userId, snapshot.subscriptions);
    await this.recorder.record(userId, cause);
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
    await this.sessions.closeOfCustomer(customerId);
    await this.users.unbindCustomer(userId, customerId);
  }
}
