import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import type { SandboxOptions } from '../../src';
import { SandboxServer } from '../../src/server';

export const WEBHOOK_SECRET = 'whsec_test_secret';

export interface Received {
  body: string;
  headers: IncomingHttpHeaders;
  event: Stripe.Event;
}

/** A receiver of webhooks that answers what it is told, by default 200. */
export class Inbox {
  readonly received: Received[] = [];
  private readonly server: Server;
  answer: (event: Stripe.Event, nth: number) => number = () => 200;

  constructor() {
    this.server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const event = JSON.parse(body) as Stripe.Event;
        this.received.push({ body, headers: request.headers, event });
        const nth = this.received.filter((other) => other.event.id === event.id).length;
        response.writeHead(this.answer(event, nth), { location: '/elsewhere' }).end('{}');
      });
    });
  }

  get types(): string[] {
    return this.received.map(({ event }) => event.type);
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hook`;
  }

  async waitFor(type: string, count = 1): Promise<Received> {
    await waitUntil(() => this.types.filter((known) => known === type).length >= count, `webhook ${type}`);
    return this.received.filter(({ event }) => event.type === type)[count - 1] as Received;
  }

  /** The same event, for the `count`-th time. */
  async waitForEvent(id: string, count: number): Promise<void> {
    const times = () => this.received.filter(({ event }) => event.id === id).length;
    await waitUntil(() => times() >= count, `event ${id}`);
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

export async function waitUntil(isTrue: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!isTrue()) {
    if (Date.now() > deadline) throw new Error(`timed out waiting for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** A sandbox with the premium catalogue, a receiver of its webhooks and the real SDK pointed at it. */
export class Bench {
  private constructor(
    readonly sandbox: SandboxServer,
    readonly inbox: Inbox,
    readonly stripe: Stripe,
  ) {}

  static async start(options: SandboxOptions = {}): Promise<Bench> {
    const inbox = new Inbox();
    const webhookUrl = await inbox.listen();
    const sandbox = new SandboxServer({
      catalog: 'premium',
      webhookUrl,
      webhookSecret: WEBHOOK_SECRET,
      retryDelaysMs: [20, 20, 20],
      seed: 7,
      ...options,
    });
    await sandbox.listen();
    return new Bench(sandbox, inbox, stripeFor(sandbox.url));
  }

  async close(): Promise<void> {
    await this.sandbox.close();
    this.inbox.close();
  }

  /** The clock and fault levers below /sandbox. */
  async control(path: string, body: unknown = {}): Promise<Record<string, unknown>> {
    const response = await fetch(`${this.sandbox.url}/sandbox/${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    return (await response.json()) as Record<string, unknown>;
  }

  /** A call as clients make it that declare no version, like the CLI. */
  async undeclared(path: string, params: Record<string, string>): Promise<Record<string, unknown>> {
    const response = await fetch(`${this.sandbox.url}/v1/${path}`, {
      method: 'POST',
      headers: { authorization: 'Bearer sk_test_undeclared' },
      body: new URLSearchParams(params),
    });
    return (await response.json()) as Record<string, unknown>;
  }

  async advanceDays(days: number): Promise<void> {
    await this.control('clock', { advance_seconds: Math.round(days * 86_400) });
  }

  async openCheckout(
    params: Partial<Stripe.Checkout.SessionCreateParams> = {},
  ): Promise<Stripe.Checkout.Session> {
    return this.stripe.checkout.sessions.create({
      mode: 'subscription',
      line_items: [{ price: 'price_premium_monthly', quantity: 1 }],
      success_url: 'http://127.0.0.1:9/done?session={CHECKOUT_SESSION_ID}',
      cancel_url: 'http://127.0.0.1:9/cancelled',
      ...params,
    });
  }

  /** Fills in the hosted page as a browser would, without following the redirect. */
  async submit(url: string, fields: Record<string, string>): Promise<Response> {
    return fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
  }

  async subscribe(method = 'pm_card_visa'): Promise<Stripe.Subscription> {
    const customer = await this.stripe.customers.create({ email: 'ada@example.com' });
    return this.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: 'price_premium_monthly' }],
      default_payment_method: method,
    });
  }
}

export function stripeFor(url: string): Stripe {
  const { hostname: host, port } = new URL(url);
  return new Stripe('sk_test_conformance', {
    host,
    port: Number(port),
    protocol: 'http',
    telemetry: false,
    maxNetworkRetries: 0,
  });
}

export const GOOD_CARD = {
  email: 'ada@example.com',
  cardNumber: '4242 4242 4242 4242',
  cardExpiry: '12 / 34',
  cardCvc: '123',
  billingName: 'Ada Student',
  billingCountry: 'US',
};
