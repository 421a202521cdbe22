import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import { idOf } from './stripe-ids';
import { StripeGateway } from './stripe.gateway';

/** The mark of our own schedules: what carries it may be released and made again. */
const OWNER = { managed_by: 'course-companion' } as const;

export interface ScheduleSnapshot {
  readonly id: string;
  readonly isOurs: boolean;
}

/** A change of price at the end of the current period; stored with the operation and repeated exactly. */
export interface ScheduledChange {
  readonly subscriptionId: string;
  readonly priceId: string;
}

/** Subscription schedules: a change of plan that waits for the end of the period. */
@Injectable()
export class StripeSchedules {
  constructor(private readonly gateway: StripeGateway) {}

  async get(scheduleId: string): Promise<ScheduleSnapshot> {
    const schedule = await this.gateway.call((stripe) => stripe.subscriptionSchedules.retrieve(scheduleId));
    return { id: schedule.id, isOurs: schedule.metadata?.['managed_by'] === OWNER.managed_by };
  }

  /** Two writes under keys of one operation; repeating both is harmless. Returns the id of the schedule. */
  async changeAtPeriodEnd({ subscriptionId, priceId }: ScheduledChange, key: string): Promise<string> {
    const created = await this.gateway.call((stripe) =>
      stripe.subscriptionSchedules.create(
        { from_subscription: subscriptionId },
        { idempotencyKey: `${key}:create` },
      ),
    );
    const [phase] = created.phases;
    if (phase === undefined) throw new Error(`schedule ${created.id} has no phase`);
    await this.gateway.call((stripe) =>
      stripe.subscriptionSchedules.update(
        created.id,
        {
          end_behavior: 'release',
          metadata: OWNER,
          phases: [
            { items: itemsOf(phase), start_date: phase.start_date, end_date: phase.end_date },
            {
              items: [{ price: priceId, quantity: 1 }],
              start_date: phase.end_date,
              proration_behavior: 'none',
            },
          ],
        },
        { idempotencyKey: `${key}:phases` },
      ),
    );
    return created.id;
  }

  /** The subscription goes on without the schedule, at its present price. */
  async release(scheduleId: string, key: string): Promise<void> {
    await this.gateway.call((stripe) =>
      stripe.subscriptionSchedules.release(scheduleId, {}, { idempotencyKey: key }),
    );
  }

  /** The subscription ends with the phase that it is in; later phases are dropped. */
  async endWithPhase(scheduleId: string, key: string): Promise<void> {
    const { phases, current_phase: current } = await this.gateway.call((stripe) =>
      stripe.subscriptionSchedules.retrieve(scheduleId),
    );
    const phase = phases.find(({ start_date }) => start_date === current?.start_date);
    if (phase === undefined) throw new Error(`schedule ${scheduleId} has no current phase`);
    await this.gateway.call((stripe) =>
      stripe.subscriptionSchedules.update(
        scheduleId,
        {
          end_behavior: 'cancel',
          phases: [{ items: itemsOf(phase), start_date: phase.start_date, end_date: phase.end_date }],
        },
        { idempotencyKey: key },
      ),
    );
  }
}

const itemsOf = ({ items }: Stripe.SubscriptionSchedule.Phase) =>
  items.map(({ price, quantity }) => ({ price: idOf(price), quantity: quantity ?? 1 }));
