import type Stripe from 'stripe';
import { type Account, account } from './accounts';
import { waitFor } from './wait';

export const HOUR = 3_600;
export const DAY = 24 * HOUR;

/** A month from a Monday noon in a month of 30 days; no month end, no leap day, no summer time is near. */
export const PLAIN_START = Date.UTC(2027, 5, 7, 12) / 1000;

let scenes = 0;

/**
 * A product with prices of its own, a test clock, and the customers on it. Everything has a name of its own, so that
 * suites may run side by side in one account, and `close` takes it all away.
 */
export class Scene {
  private readonly coupons: string[] = [];
  private readonly codes: string[] = [];
  private readonly loose: string[] = [];

  /** Real seconds, for looking at events. */
  private readonly openedAt = Math.floor(Date.now() / 1000) - 60;

  private constructor(
    readonly stripe: Stripe,
    readonly clock: Stripe.TestHelpers.TestClock,
    readonly prices: { basic: Stripe.Price; plus: Stripe.Price; yearly: Stripe.Price },
  ) {}

  static async open(start = PLAIN_START, { stripe }: Account = account): Promise<Scene> {
    const name = `conformance ${process.pid}-${++scenes}-${Date.now().toString(36)}`;
    const clock = await stripe.testHelpers.testClocks.create({ frozen_time: start, name: name.slice(-30) });
    const { id: product } = await stripe.products.create({ name });
    const price = (unit_amount: number, interval: 'month' | 'year') =>
      stripe.prices.create({ product, currency: 'usd', unit_amount, recurring: { interval } });
    const basic = await price(1000, 'month');
    const plus = await price(2000, 'month');
    const yearly = await price(10_000, 'year');
    return new Scene(stripe, clock, { basic, plus, yearly });
  }

  async close(): Promise<void> {
    await this.stripe.testHelpers.testClocks.del(this.clock.id);
    for (const id of this.loose) await this.stripe.customers.del(id).catch(() => undefined);
    for (const id of this.codes) await this.stripe.promotionCodes.update(id, { active: false });
    for (const id of this.coupons) await this.stripe.coupons.del(id).catch(() => undefined);
    const prices = Object.values(this.prices);
    for (const { id } of prices) await this.stripe.prices.update(id, { active: false });
    await this.stripe.products.update(String(prices[0]?.product), { active: false });
  }

  /** A customer on the clock, whose invoices a card pays when one is named. */
  customer(card?: string): Promise<Stripe.Customer> {
    return this.stripe.customers.create({
      test_clock: this.clock.id,
      email: 'conformance@example.com',
      ...(card ? { payment_method: card, invoice_settings: { default_payment_method: card } } : {}),
    });
  }

  /** A customer in real time, for what needs no clock. */
  async looseCustomer(params: Stripe.CustomerCreateParams = {}): Promise<Stripe.Customer> {
    const customer = await this.stripe.customers.create(params);
    this.loose.push(customer.id);
    return customer;
  }

  async subscribe(
    params: Partial<Stripe.SubscriptionCreateParams> = {},
    card: string | undefined = 'pm_card_visa',
  ): Promise<Stripe.Subscription> {
    const customer = params.customer ?? (await this.customer(card)).id;
    return this.stripe.subscriptions.create({
      items: [{ price: this.prices.basic.id }],
      ...params,
      customer,
    });
  }

  current(id: string): Promise<Stripe.Subscription> {
    return this.stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] });
  }

  /** Its invoices, oldest first. */
  async invoices(subscription: string): Promise<Stripe.Invoice[]> {
    const { data } = await this.stripe.invoices.list({ subscription, limit: 100 });
    return data.reverse();
  }

  /** Moves the clock, in steps that Stripe allows, and waits until everything on the way has happened. */
  async advanceTo(target: number): Promise<void> {
    const { testClocks } = this.stripe.testHelpers;
    for (;;) {
      const { frozen_time } = await testClocks.retrieve(this.clock.id);
      if (frozen_time >= target) return;
      const next = Math.min(target, frozen_time + 50 * DAY);
      await testClocks.advance(this.clock.id, { frozen_time: next });
      await waitFor(`the clock at ${next}`, async () => {
        const { status } = await testClocks.retrieve(this.clock.id);
        if (status === 'internal_failure') throw new Error('The test clock failed.');
        return status === 'ready' || undefined;
      });
    }
  }

  async coupon(params: Stripe.CouponCreateParams): Promise<Stripe.Coupon> {
    const coupon = await this.stripe.coupons.create(params);
    this.coupons.push(coupon.id);
    return coupon;
  }

  async promotionCode(params: Stripe.PromotionCodeCreateParams): Promise<Stripe.PromotionCode> {
    const code = await this.stripe.promotionCodes.create(params);
    this.codes.push(code.id);
    return code;
  }

  /** The event of this type about an object; waits until it is there. */
  event(type: string, object: string): Promise<Stripe.Event> {
    return waitFor(`${type} of ${object}`, async () => {
      const { data } = await this.stripe.events.list({ type, created: { gte: this.openedAt }, limit: 100 });
      return data.find((event) => (event.data.object as { id?: string }).id === object);
    });
  }

  /** The intent that pays an invoice. */
  async intentOf(invoice: string): Promise<Stripe.PaymentIntent> {
    const { payments } = await this.stripe.invoices.retrieve(invoice, {
      expand: ['payments.data.payment.payment_intent'],
    });
    return payments?.data[0]?.payment.payment_intent as Stripe.PaymentIntent;
  }
}

export function itemOf(subscription: Stripe.Subscription): Stripe.SubscriptionItem {
  const [item] = subscription.items.data;
  if (!item) throw new Error(`${subscription.id} has no item.`);
  return item;
}

/** The invoice that {@link Scene.current} expands. */
export function latestOf({ latest_invoice }: Stripe.Subscription): Stripe.Invoice {
  if (latest_invoice === null || typeof latest_invoice === 'string') throw new Error('It is not expanded.');
  return latest_invoice;
}
