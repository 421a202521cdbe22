import fc from 'fast-check';
import type Stripe from 'stripe';
import { TestApp } from '../support/app';
import { hasPaidAccess, readTruth } from '../support/convergence-oracle';
import { eventsOf, SandboxControl } from '../support/sandbox-control';
import { pay, type Student } from '../support/student';
import { eventually } from '../support/wait';
import { deliver } from '../support/webhook';

// More, or other, histories: CONVERGENCE_RUNS=200 CONVERGENCE_SEED=7.
const RUNS = Number(process.env['CONVERGENCE_RUNS'] ?? 8);
const SEED = Number(process.env['CONVERGENCE_SEED'] ?? 20_270_503);

const STEPS = [
  'buy',
  'cancel',
  'resume',
  'end in the dashboard',
  'break the card',
  'a day passes',
  'three weeks pass',
  'a month passes',
  'deliver some',
] as const;
type Step = (typeof STEPS)[number];

const history = fc.array(fc.constantFrom<Step>(...STEPS), { minLength: 3, maxLength: 8 });
/** What becomes of each delivery, and in which order they arrive. */
const fates = fc.array(fc.constantFrom('once', 'twice', 'dropped'), { minLength: 60, maxLength: 60 });
const order = fc.array(fc.nat(1_000_000), { minLength: 60, maxLength: 60 });

describe('convergence', () => {
  let app: TestApp;
  let sandbox: SandboxControl;

  beforeAll(async () => {
    app = await TestApp.start();
    sandbox = new SandboxControl(app.sandbox.url);
    await sandbox.pauseDeliveries();
  });
  afterAll(() => app.stop());

  const customerOf = async ({ id }: Student): Promise<string | undefined> =>
    (
      await app.sql<{ customer: string | null }>(
        'SELECT stripe_customer_id AS customer FROM users WHERE id = $1',
        [id],
      )
    )[0]?.customer ?? undefined;

  const businessNow = async (): Promise<number> => {
    const answer = (await (await fetch(`${app.sandbox.url}/sandbox/clock`)).json()) as { now: string };
    return Date.parse(answer.now) / 1000;
  };

  const settled = () =>
    eventually(
      async () => expect(await app.sql(`SELECT 1 FROM webhook_events WHERE status = 'pending'`)).toEqual([]),
      { timeoutMs: 20_000 },
    );

  async function act(student: Student, step: Step): Promise<void> {
    const customer = await customerOf(student);
    const subscriptions =
      customer === undefined ? [] : (await app.stripe.subscriptions.list({ customer, status: 'all' })).data;
    const live = subscriptions.find(({ status }) =>
      ['trialing', 'active', 'past_due', 'unpaid'].includes(status),
    );
    switch (step) {
      case 'buy':
        return buy(student);
      case 'cancel':
        return void (await student.post('/payments/cancel-subscription'));
      case 'resume':
        return void (await student.post('/payments/resume-subscription'));
      case 'end in the dashboard':
        return void (live && (await app.stripe.subscriptions.cancel(live.id)));
      case 'break the card':
        return live && customer !== undefined ? breakCard(live, customer) : undefined;
      case 'a day passes':
        return sandbox.advanceDays(1);
      case 'three weeks pass':
        return sandbox.advanceDays(21);
      case 'a month passes':
        return sandbox.advanceDays(31);
      default:
        return;
    }
  }

  async function buy(student: Student): Promise<void> {
    const link = await student.post('/payments/create-checkout-session', {});
    if (link.status !== 200) return;
    const session = await app.stripe.checkout.sessions.retrieve(String(link.body['session_id']));
    // A link that was paid seconds ago may be given out once more; it cannot be paid again.
    if (session.status === 'open') await pay(app.stripe, session.id);
  }

  async function breakCard(subscription: Stripe.Subscription, customer: string): Promise<void> {
    const method = await app.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer });
    await app.stripe.subscriptions.update(subscription.id, { default_payment_method: method.id });
  }

  /** Delivers these events shuffled, some twice, some not at all. */
  async function send(events: readonly Stripe.Event[], chance: Chance): Promise<void> {
    const shuffled = events
      .map((event) => ({ event, fate: chance.fate(), place: chance.place() }))
      .filter(({ fate }) => fate !== 'dropped')
      .flatMap(({ event, fate, place }) =>
        fate === 'twice'
          ? [
              { event, place },
              { event, place: place / 2 },
            ]
          : [{ event, place }],
      )
      .sort((a, b) => a.place - b.place);
    await Promise.all(shuffled.map(({ event }) => receive(event)));
  }

  async function receive(event: Stripe.Event): Promise<void> {
    expect((await deliver(app.apiUrl, JSON.stringify(event, null, 2))).status).toBe(200);
  }

  async function play(steps: readonly Step[], chance: Chance): Promise<void> {
    const student = await app.student();
    let delivered = 0;
    for (const step of steps) {
      await act(student, step);
      const customer = await customerOf(student);
      if (step !== 'deliver some' || customer === undefined) continue;
      const events = await eventsOf(app.stripe, customer);
      await send(events.slice(delivered), chance);
      delivered = events.length;
    }
    await sandbox.advanceDays(0);
    const customer = await customerOf(student);
    if (customer === undefined) return expect(await student.isPremium()).toBe(false);
    const events = await eventsOf(app.stripe, customer);
    await send(events.slice(delivered), chance);
    // The last news arrives in the end: Stripe sends it for three days.
    const last = events.at(-1);
    if (last !== undefined) await receive(last);
    await settled();
    await eventually(
      async () => {
        const expected = hasPaidAccess(await readTruth(app.stripe, customer, await businessNow()));
        expect({ premium: await student.isPremium() }).toEqual({ premium: expected });
      },
      { timeoutMs: 10_000 },
    );
  }

  it('gives exactly the access that the objects at Stripe justify, in any order of deliveries', async () => {
    const property = fc.asyncProperty(history, fates, order, (steps, fate, places) =>
      play(['buy', ...steps], new Chance(fate, places)),
    );

    await fc.assert(property, { numRuns: RUNS, seed: SEED, endOnFailure: true });
  }, 600_000);
});

class Chance {
  private drawn = 0;

  constructor(
    private readonly fates: readonly string[],
    private readonly places: readonly number[],
  ) {}

  fate(): string {
    return this.fates[this.drawn++ % this.fates.length] ?? 'once';
  }

  place(): number {
    return this.places[this.drawn++ % this.places.length] ?? 0;
  }
}
