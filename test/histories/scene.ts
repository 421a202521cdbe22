import type Stripe from 'stripe';
import type { Answer } from '../support/http';
import type { Student } from '../support/student';
import type { Stage } from './stage';

export const DEBITS = { arrives: 'AT611904300234573201', refused: 'IT60X0542811101000000123456' } as const;

export interface Grant {
  readonly id: string;
  /** Seconds; undefined: until it is revoked. */
  readonly endsAt: number | undefined;
}

let cards = 0;

/** One student of a stage, and the hands of all who act on them. */
export class Scene {
  readonly grants: Grant[] = [];
  /** What happened, in sentences. */
  readonly story: string[] = [];
  private found: string | undefined;

  constructor(
    readonly stage: Stage,
    readonly student: Student,
    /** In the batch. */
    readonly place: number,
  ) {}

  /** The customer at Stripe; undefined before the first payment link. */
  async customer(): Promise<string | undefined> {
    if (this.found !== undefined) return this.found;
    const { email } = this.student;
    const { data } = await this.stage.app.stripe.customers.list({ email, limit: 1 });
    return (this.found = data[0]?.id);
  }

  /** No answer of ours may be an internal error. */
  async post(path: string, body: object = {}): Promise<Answer> {
    return this.checked(await this.student.post(path, body), path);
  }

  async operate(path: string, body: object): Promise<Answer> {
    return this.checked(await this.stage.operator.post(`/users/${this.student.id}${path}`, body), path);
  }

  async tell(path: string, body: object = {}): Promise<unknown> {
    const answer = await this.post(path, body);
    return answer.body['code'] ?? answer.body['message'] ?? answer.status;
  }

  /** What Stripe refuses is a part of life, and of the story. */
  async attempt(action: Promise<unknown>): Promise<unknown> {
    try {
      await action;
      return 'done';
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  /** The address of a payment link that can be paid; undefined when none is given. */
  async openLink(body: object): Promise<string | undefined> {
    const { status, body: link } = await this.post('/payments/create-checkout-session', body);
    if (status !== 200) {
      this.story.push(`(the link is refused: ${String(link['code'])})`);
      return undefined;
    }
    return String(link['checkout_url']);
  }

  /** Fills the hosted page, and confirms at the bank when it asks. */
  async payByCard(url: string, cardNumber: string): Promise<string> {
    const form = { cardNumber, cardExpiry: '12 / 40', cardCvc: '123', billingName: 'Ada Student' };
    const page = await this.submit(url, { email: this.student.email, ...form });
    if (!page.headers.get('location')?.endsWith('/authenticate')) return String(page.status);
    return `${(await this.submit(`${url}/authenticate`, { result: 'complete' })).status} after the bank asked`;
  }

  async payByDebit(url: string, iban: string): Promise<string> {
    const { stripe } = this.stage.app;
    const session = /cs_\w+/.exec(url)?.[0] ?? '';
    const method = await stripe.paymentMethods.create({
      type: 'sepa_debit',
      sepa_debit: { iban },
      billing_details: { name: 'Ada', email: this.student.email },
    });
    const paid = stripe.rawRequest('POST', `/v1/payment_pages/${session}/confirm`, {
      payment_method: method.id,
    });
    return String(await this.attempt(paid));
  }

  /** A number that pays and that nobody has used: a card has one trial. */
  newCard(): string {
    const digits = `42424${String(process.pid % 1000).padStart(3, '0')}${String(++cards).padStart(7, '0')}`;
    const sum = [...digits].reverse().reduce((total, digit, index) => {
      const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
    return `${digits}${(10 - (sum % 10)) % 10}`;
  }

  async attach(customer: string, card: string): Promise<string> {
    return (await this.stage.app.stripe.paymentMethods.attach(card, { customer })).id;
  }

  /** For the next renewals of everything. */
  async useCard(customer: string, card: string): Promise<void> {
    const { stripe } = this.stage.app;
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: card } });
    const live = await this.liveSubscription();
    if (live !== undefined) await stripe.subscriptions.update(live.id, { default_payment_method: card });
  }

  async liveSubscription(): Promise<Stripe.Subscription | undefined> {
    const customer = await this.customer();
    if (customer === undefined) return undefined;
    return (await this.stage.app.stripe.subscriptions.list({ customer, limit: 1 })).data[0];
  }

  async newestPaidInvoice(): Promise<string | undefined> {
    const customer = await this.customer();
    if (customer === undefined) return undefined;
    const { data } = await this.stage.app.stripe.invoices.list({ customer, status: 'paid', limit: 10 });
    return data.find(({ amount_paid: paid }) => paid > 0)?.id;
  }

  newestCharge(): Promise<string | undefined> {
    return this.findCharge(({ status, refunded }) => status === 'succeeded' && !refunded);
  }

  disputedCharge(): Promise<string | undefined> {
    return this.findCharge(({ disputed }) => disputed);
  }

  private async findCharge(accepts: (charge: Stripe.Charge) => boolean): Promise<string | undefined> {
    const customer = await this.customer();
    if (customer === undefined) return undefined;
    return (await this.stage.app.stripe.charges.list({ customer, limit: 20 })).data.find(accepts)?.id;
  }

  private async submit(url: string, fields: Record<string, string>): Promise<Response> {
    const answer = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams(fields),
    });
    await answer.text();
    return answer;
  }

  private checked(answer: Answer, path: string): Answer {
    if (answer.status < 500) return answer;
    throw new Error(`${path}: ${answer.status} ${answer.text}`);
  }
}
