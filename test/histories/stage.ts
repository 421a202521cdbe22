import { Clock } from '../../src/common/domain/clock';
import { SweepService } from '../../src/modules/payments';
import { EventsPoller } from '../../src/modules/webhooks/poller/events-poller';
import { TestApp } from '../support/app';
import { Operator } from '../support/operator';
import { SandboxControl } from '../support/sandbox-control';
import { eventually } from '../support/wait';
import { Deliveries } from './deliveries';
import type { Terms } from './history';

const DAY = 86_400;
const PATIENCE = { timeoutMs: 60_000, intervalMs: 50 };

/** An application and a sandbox on which many histories are played at the same time. */
export class Stage {
  /** How often each answer was compared, by state and reason. */
  readonly answers = new Map<string, number>();

  private constructor(
    readonly app: TestApp,
    readonly operator: Operator,
    readonly terms: Terms,
    readonly promotions: { readonly part: string; readonly free: string },
    readonly deliveries: Deliveries,
    private readonly control: SandboxControl,
  ) {}

  static async open(terms: Terms, seed: number): Promise<Stage> {
    const app = await TestApp.start({
      env: {
        TRIAL_DAYS: String(terms.trialDays),
        PAST_DUE_GRACE_DAYS: String(terms.graceDays),
        DISPUTE_POLICY: terms.disputes,
        PAUSED_COLLECTION: terms.pausedCollection,
        // Seldom, so that a delivery that was dropped is missed for a while.
        RECONCILE_INTERVAL: '1440',
      },
      sandbox: { afterRetries: terms.afterRetries, seed },
    });
    const control = new SandboxControl(app.sandbox.url);
    // Deliveries are ours to make, and to lose.
    await control.faults({ drop: 1 });
    const operator = await Operator.signIn(app);
    const promotions = {
      part: await promotion(app, { percent_off: 30, duration: 'repeating', duration_in_months: 3 }),
      free: await promotion(app, { percent_off: 100, duration: 'once' }),
    };
    return new Stage(app, operator, terms, promotions, new Deliveries(app), control);
  }

  close(): Promise<void> {
    return this.app.stop();
  }

  async pass(days: number): Promise<void> {
    await this.control.advanceDays(days);
    await this.followClock();
  }

  /** Until nothing is left to do: no event, no sync, nothing that the poller or the sweep would still find. */
  async quiesce(): Promise<void> {
    // What Stripe does within the hour, such as charging a draft.
    await this.pass(0.05);
    await this.settle();
    const sweeper = this.app.worker?.get(SweepService, { strict: false });
    const poller = this.app.worker?.get(EventsPoller, { strict: false });
    await eventually(async () => expect(await sweeper?.run({ dryRun: false })).not.toBe('busy'), PATIENCE);
    await eventually(async () => {
      // What was found may have led to writes, and these to events.
      expect(await poller?.poll()).toBe(0);
      await this.settle();
    }, PATIENCE);
  }

  /** Ends what is live, so that it costs nothing while later histories are played. */
  async clear(): Promise<void> {
    const { stripe } = this.app;
    for (const status of ['active', 'trialing', 'past_due', 'unpaid', 'paused'] as const) {
      const live = await stripe.subscriptions
        .list({ status, limit: 100 })
        .autoPagingToArray({ limit: 10_000 });
      for (const { id } of live) await stripe.subscriptions.cancel(id);
    }
  }

  private settle(): Promise<void> {
    return eventually(async () => {
      const left = await this.app.sql(
        `SELECT 'event ' || type || ' ' || coalesce(last_error, '') AS waits FROM webhook_events WHERE status = 'pending'
         UNION ALL SELECT 'sync of ' || id FROM subjects WHERE sync_requested > sync_served`,
      );
      expect(left).toEqual([]);
    }, PATIENCE);
  }

  private async followClock(): Promise<void> {
    const clocks = [this.app.web, this.app.worker].map((part) => part?.get(Clock, { strict: false }));
    await eventually(() => {
      for (const clock of clocks) {
        const behind = this.app.sandbox.now() - Number(clock?.now()) / 1000;
        expect(Math.abs(behind)).toBeLessThan(DAY / 1000);
      }
    }, PATIENCE);
  }
}

async function promotion(app: TestApp, coupon: object): Promise<string> {
  const { id } = await app.stripe.coupons.create(coupon);
  const made = await app.stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: id } });
  return made.code;
}
