import type { StripeSession } from '../stripe/objects';
import { failPayment } from '../stripe/stripe-time';
import { type Random } from '../kernel/random';
import { ConnectionError } from './server';
import { statusOf, type WebParts } from './wiring';
import type { World } from './world';

const PATIENCE_MS = 45_000;

type Act = 'checkout' | 'doubleClick' | 'pay' | 'return' | 'status' | 'cancel' | 'resume' | 'payDebt';

/** What somebody reads about their access, and when they began to ask. */
export interface Reading {
  readonly askedMs: number;
  readonly granted: boolean;
}

/** Somebody who buys, pays, asks, cancels and changes their mind. */
export class Student {
  userId = '';
  readonly readings: Reading[] = [];
  /** Payment pages that this student was ever given a link to. */
  private readonly given = new Set<string>();
  private readonly random: Random;
  private left = 0;
  private requests = 0;

  constructor(
    private readonly world: World,
    readonly name: string,
  ) {
    this.random = world.random;
  }

  get isDone(): boolean {
    return this.left <= 0;
  }

  get email(): string {
    return `${this.name}@example.com`;
  }

  async register(): Promise<void> {
    const answer = await this.ask('registers', ({ users }) =>
      users.create({ email: this.email, fullName: `Student ${this.name}` }),
    );
    if (answer === undefined) throw new Error('registering failed without any trouble');
    this.userId = answer.id;
  }

  /** Does so many things, one after the other. */
  begin(actions: number): void {
    this.left = actions;
    this.liveOn();
  }

  private liveOn(): void {
    if (this.isDone) return;
    this.world.scheduler.schedule(this.random.latency(this.random.pick([50, 500, 3000])), () => {
      void this.act().then(() => {
        this.left -= 1;
        this.liveOn();
      });
    });
  }

  private async act(): Promise<void> {
    const act = this.random.weighted<Act>({
      ...{ checkout: 5, doubleClick: 1, pay: this.findPayable() === undefined ? 0 : 10 },
      ...{ return: this.given.size === 0 ? 0 : 3, status: 3, cancel: 2, resume: 2, payDebt: 2 },
    });
    switch (act) {
      case 'checkout':
        return this.checkOut();
      case 'doubleClick':
        return void (await Promise.all([this.checkOut(), this.checkOut()]));
      case 'pay':
        return this.pay();
      case 'return':
        return this.comeBack(this.random.pick([...this.given]));
      case 'status':
        return this.readStatus();
      case 'cancel':
        return void (await this.ask('cancels', ({ subscriptions }, requestId) =>
          subscriptions.cancel({ userId: this.userId, requestId }),
        ));
      case 'resume':
        return void (await this.ask('resumes', ({ subscriptions }, requestId) =>
          subscriptions.resume({ userId: this.userId, requestId }),
        ));
      case 'payDebt':
        return this.payDebt();
    }
  }

  private async checkOut(): Promise<void> {
    const plan = this.random.pick(['monthly', 'monthly', 'yearly'] as const);
    const opened = await this.ask(`asks for a ${plan} payment link`, ({ checkout }, requestId) =>
      checkout.createSession(this.userId, { plan }, requestId),
    );
    if (opened !== undefined) this.given.add(opened.checkout.stripeSessionId);
  }

  private findPayable(): StripeSession | undefined {
    return [...this.given]
      .map((id) => this.world.stripeModel.sessions.get(id))
      .findLast((session) => session?.status === 'open');
  }

  private async pay(): Promise<void> {
    const session = this.findPayable();
    if (session === undefined) return;
    const how = this.random.chance(0.8) ? 'card' : 'debit';
    this.tell(`pays ${session.id} by ${how}`);
    const subscription = this.world.stripeModel.paySession(session, how);
    if (how === 'debit') this.settleLater(session, subscription.latest_invoice ?? '');
    if (this.random.chance(0.6)) await this.comeBack(session.id);
  }

  private settleLater(session: StripeSession, invoiceId: string): void {
    const { stripeModel: model, scheduler, profile } = this.world;
    scheduler.schedule(this.random.between(100, 20_000), () => {
      const invoice = model.invoices.get(invoiceId);
      if (invoice?.status !== 'open') return;
      if (this.random.chance(0.7)) {
        session.payment_status = 'paid';
        model.payInvoice(invoice);
        model.emit('checkout.session.async_payment_succeeded', session);
      } else {
        failPayment(model, invoice, profile);
        model.emit('checkout.session.async_payment_failed', session);
      }
    });
  }

  private async comeBack(sessionId: string): Promise<void> {
    const askedMs = this.world.scheduler.nowMs;
    const answer = await this.ask('comes back from the payment page', ({ returns }) =>
      returns.confirm(sessionId),
    );
    if (answer !== undefined && answer.verdict !== 'unconfirmed')
      this.note(askedMs, answer.verdict === 'premium');
  }

  private async readStatus(): Promise<void> {
    const askedMs = this.world.scheduler.nowMs;
    const answer = await this.ask('asks for the status', ({ status }) => status.getStatus(this.userId));
    if (answer !== undefined) this.note(askedMs, answer.access.granted);
  }

  private note(askedMs: number, granted: boolean): void {
    this.tell(granted ? 'reads that there is access' : 'reads that there is no access');
    this.readings.push({ askedMs, granted });
  }

  private payDebt(): Promise<void> {
    const { stripeModel: model } = this.world;
    const debt = [...model.invoices.values()].find(
      ({ customer, status, failures }) =>
        status === 'open' &&
        failures > 0 &&
        model.customers.get(customer)?.metadata['user_id'] === this.userId,
    );
    if (debt !== undefined && model.subscriptions.get(debt.subscription)?.status !== 'canceled') {
      this.tell(`pays the open ${debt.id}`);
      model.payInvoice(debt);
    }
    return Promise.resolve();
  }

  /** Undefined when it was refused, or nobody answered. */
  private async ask<T>(
    what: string,
    handle: (parts: WebParts, requestId: string) => Promise<T>,
  ): Promise<T | undefined> {
    this.requests += 1;
    const requestId = `req-${this.name}-${this.requests}`;
    this.tell(what);
    try {
      return await this.random
        .pick(this.world.webs)
        .request((parts) => handle(parts, requestId), PATIENCE_MS);
    } catch (error) {
      const status = error instanceof ConnectionError ? 0 : statusOf(error);
      this.tell(
        `${what}: ${status === 0 ? (error as Error).message : `${status} ${(error as Error).message}`}`,
      );
      if (status === 500 && !this.isOfGarbage())
        this.world.violate('I9', `"${what}" ended in ${describe(error)}`);
      return undefined;
    }
  }

  /** Answers of Stripe that make no sense are the one thing that may end in a 500. */
  private isOfGarbage(): boolean {
    return this.world.profile.stripe.garbled > 0;
  }

  private tell(text: string): void {
    this.world.tell(this.name, text);
  }
}

const describe = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
