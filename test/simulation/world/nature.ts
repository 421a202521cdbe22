import { DAY } from '../stripe/objects';
import { isLiveSubscription } from '../stripe/stripe-model';
import { findDue, type StripeRules } from '../stripe/stripe-time';
import type { World } from './world';

const HOUR = 3600;

/** What happens without anybody of ours: time, cards that fail, hands in Stripe's dashboard, Redis' moods. */
export class Nature {
  private readonly brokenCards = new Set<string>();
  private left = 0;

  constructor(private readonly world: World) {}

  get isDone(): boolean {
    return this.left <= 0;
  }

  begin(actions: number): void {
    this.left = actions;
    this.liveOn();
  }

  private liveOn(): void {
    const { scheduler, random } = this.world;
    if (this.isDone) return;
    scheduler.schedule(random.latency(random.pick([200, 2000])), () => {
      this.act();
      this.left -= 1;
      this.liveOn();
    });
  }

  /** Redis has its own pace. */
  disturbRedis(): void {
    const { scheduler, random, redis, profile } = this.world;
    if (profile.isCalm || (profile.redis !== 'faulty' && profile.redis !== 'lying')) return;
    scheduler.schedule(random.between(100, 10_000), () => {
      if (!this.world.isTroubled) return;
      if (profile.redis === 'lying') return redis.setMode('lying');
      if (random.chance(0.3)) redis.flush();
      else redis.setMode(redis.mode === 'up' ? random.pick(['down', 'refusing', 'lying']) : 'up');
      this.disturbRedis();
    });
  }

  /** Business time jumps; what falls due on the way happens at its own moment. */
  advance(seconds: number): void {
    const { world } = this;
    const target = world.businessMs + seconds * 1000;
    world.tell('time', `${Math.round(seconds / HOUR)} hours pass`);
    const rules: StripeRules = {
      afterRetries: world.profile.afterRetries,
      cardWorks: (customer) => !this.brokenCards.has(customer),
    };
    for (let count = 0; count < 200; count += 1) {
      const due = findDue(world.stripeModel, Math.floor(target / 1000));
      if (due === undefined) break;
      world.businessOffsetMs += Math.max(0, due.at * 1000 - world.businessMs);
      due.run(rules);
    }
    world.businessOffsetMs += target - world.businessMs;
    world.onStripeChange();
  }

  private act(): void {
    const { random } = this.world;
    const act = random.weighted({
      ...{
        wait: 6,
        breakCard: 2,
        mendCard: 1,
        end: 1,
        schedule: 1,
        trial: 1,
        deleteCustomer: 0.4,
        resend: 1,
      },
    });
    if (act === 'wait')
      return this.advance(random.pick([HOUR, 20 * HOUR, 3 * DAY, 8 * DAY, 29 * DAY, 31 * DAY]));
    this.touchCustomer(act);
  }

  private touchCustomer(act: string): void {
    const { stripeModel: model, random } = this.world;
    // A customer whose creation was answered with an error is known to nobody here, and nobody buys with it.
    const buyers = new Set([...model.sessions.values()].map(({ customer }) => customer));
    const customers = [...model.customers.values()].filter(
      ({ id, deleted }) => deleted !== true && buyers.has(id),
    );
    if (customers.length === 0) return;
    const customer = random.pick(customers);
    const subscription = model.subscriptionsOf(customer.id).find(isLiveSubscription);
    const tell = (text: string): void => this.world.tell('dashboard', text);
    if (act === 'breakCard') this.brokenCards.add(customer.id);
    if (act === 'mendCard') this.brokenCards.delete(customer.id);
    if (act === 'deleteCustomer') {
      tell(`deletes ${customer.id}`);
      model.deleteCustomer(customer);
    }
    if (act === 'trial' && subscription === undefined) {
      tell(`starts a trial for ${customer.id}`);
      const price = 'price_premium_monthly';
      const input = { customer: customer.id, metadata: {}, price };
      model.emit(
        'customer.subscription.created',
        model.createSubscription(input, { isOfCheckout: false, trialDays: 7 }),
      );
    }
    if (subscription === undefined) return;
    if (act === 'end') {
      tell(`ends ${subscription.id} now`);
      model.endSubscription(subscription);
    }
    if (act === 'schedule' && subscription.cancel_at === null) {
      tell(`schedules the end of ${subscription.id}`);
      model.changeSubscription(subscription, { cancel_at: subscription.current_period_end });
    }
    if (act === 'resend') model.emit('customer.subscription.updated', subscription);
  }
}
