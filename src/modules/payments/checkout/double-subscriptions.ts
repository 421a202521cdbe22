import { Injectable } from '@nestjs/common';
import { CheckoutConfig } from 'src/config/checkout-config';
import { SyncRequests } from 'src/engine/sync-requests';
import { EntitlementsService } from 'src/modules/payments/access/entitlements.service';
import type { StoredSubscription } from 'src/modules/payments/access/persistence/subscription.columns';
import type {
  ReadCustomer,
  SyncContributor,
  WrittenCustomer,
} from 'src/modules/payments/sync/sync-contributor';
import { OperatorTasksService } from 'src/modules/payments/tasks/operator-tasks.service';
import { SecondPurchaseRefund } from './second-purchase-refund';

const LIVE: readonly StoredSubscription['status'][] = ['trialing', 'active', 'past_due'];

/**
 * Two live subscriptions charge a student twice, which no lock can prevent: two open payment pages, or one made in
 * Stripe's dashboard. A sync that sees both opens a task for an operator, or gives the second back where that is the policy.
 */
@Injectable()
export class DoubleSubscriptions implements SyncContributor {
  constructor(
    private readonly entitlements: EntitlementsService,
    private readonly tasks: OperatorTasksService,
    private readonly refund: SecondPurchaseRefund,
    private readonly syncs: SyncRequests,
    private readonly config: CheckoutConfig,
  ) {}

  /** By the policy `refund_second`, and once the task of an earlier sync is stored. */
  async prepare(customer: ReadCustomer): Promise<undefined> {
    if (this.config.doubleSubscription === 'flag') return;
    const open = await this.tasks.listOpen({
      kind: 'double_subscription',
      userId: customer.userId,
      limit: 1,
    });
    const [task] = open;
    if (task === undefined) return;
    const { subscriptions } = await customer.snapshot;
    const live = subscriptions.filter(({ status }) => LIVE.includes(status)).map(({ id }) => id);
    const pair = task.fact.split('+');
    // The task of an earlier sync may be over by now.
    if (!pair.every((id) => live.includes(id))) return;
    if (await this.refund.run(customer, pair)) await this.syncs.ask(customer.customerId, 0);
  }

  async afterWrite({ userId, customerId }: WrittenCustomer): Promise<void> {
    const live = await this.listLive(userId);
    const fact = live.length < 2 ? undefined : factOf(live);
    await this.tasks.settleOthers('double_subscription', userId, {
      fact,
      resolution: 'They are not both live any more.',
    });
    if (fact === undefined) return;
    const opened = await this.tasks.open({
      kind: 'double_subscription',
      fact,
      userId,
      customerId,
      details: {
        subscriptions: live.map(({ id }) => id).sort(),
        plans: live.map(({ plan }) => plan ?? 'unknown'),
      },
    });
    if (opened && this.config.doubleSubscription === 'refund_second') await this.syncs.ask(customerId, 0);
  }

  private async listLive(userId: string): Promise<readonly StoredSubscription[]> {
    const { facts } = await this.entitlements.explain(userId);
    return facts.subscriptions.filter(({ status }) => LIVE.includes(status));
  }
}

const factOf = (live: readonly StoredSubscription[]): string =>
  live
    .map(({ id }) => id)
    .sort()
    .join('+');
