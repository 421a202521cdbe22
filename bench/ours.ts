import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import Stripe from 'stripe';
import { WEBHOOK_SECRET } from '../test/support/config';
import { startStack, type Stack } from '../test/support/stack';
import { pay, Student } from '../test/support/student';
import type { EventRequests } from './generator/plan';
import type { Contender } from './rounds';

const SETTLE_MS = 120_000;

/** A 4 kB invoice, as Stripe sends it. */
const INVOICE = {
  object: 'invoice',
  account_country: 'US',
  amount_due: 999,
  amount_paid: 999,
  amount_remaining: 0,
  billing_reason: 'subscription_cycle',
  collection_method: 'charge_automatically',
  currency: 'usd',
  created: 1_790_000_000,
  description: 'x'.repeat(3300),
  lines: { object: 'list', data: [], has_more: false, total_count: 0, url: '/v1/invoices/lines' },
  livemode: false,
  metadata: {},
  status: 'paid',
  subtotal: 999,
  total: 999,
};

export const HANDLED_TYPE = 'invoice.paid';
/** Stored, and then nothing. */
export const IGNORED_TYPE = 'charge.succeeded';

export const WEBHOOK_PATH = '/api/v1/payments/webhook';

export const events = (
  path: string,
  type: string = HANDLED_TYPE,
  customers?: readonly string[],
): EventRequests => ({
  kind: 'events',
  ...(customers === undefined ? {} : { customers }),
  path,
  secret: WEBHOOK_SECRET,
  type,
  object: INVOICE,
});

/** Our processes as `npm start` runs them, with the request log, the limits and Redis. */
export class Ours {
  private constructor(
    readonly stack: Stack,
    private readonly database: Client,
    readonly stripe: Stripe,
  ) {}

  static async start(options: { workers: number; env?: Record<string, string> }): Promise<Ours> {
    const stack = await startStack({ redis: true, ...options });
    const database = new Client({ connectionString: stack.databaseUrl });
    database.on('error', () => undefined);
    await database.connect();
    return new Ours(stack, database, stripeOf(stack.sandboxUrl));
  }

  get port(): number {
    return Number(new URL(this.stack.apiUrl).port);
  }

  async query<Row extends object>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return (await this.database.query<Row>(sql, parameters)).rows;
  }

  /** Acknowledges events; counts and waits for its worker when it has one. */
  acknowledging(name: string, { type = HANDLED_TYPE, hasWorker = false } = {}): Contender {
    const contender = { name, port: this.port, requests: events(WEBHOOK_PATH, type) };
    if (!hasWorker) return contender;
    return { ...contender, countProcessed: () => this.countProcessed(), settle: () => this.settle() };
  }

  async countProcessed(): Promise<number> {
    return this.count(`status <> 'pending'`);
  }

  /** Resolves when no event is waiting. */
  async settle(): Promise<void> {
    const deadline = performance.now() + SETTLE_MS;
    while ((await this.count(`status = 'pending'`)) > 0) {
      if (performance.now() > deadline) throw new Error('events are still waiting');
      await sleep(50);
    }
  }

  /** Students who have paid through Checkout. */
  async enrol(count: number): Promise<Student[]> {
    const students: Student[] = [];
    for (let n = 0; n < count; n++) {
      const student = await Student.register(this.stack.apiUrl);
      const { sessionId } = await student.checkout();
      await pay(this.stripe, sessionId);
      students.push(student);
    }
    for (const student of students) await this.untilPremium(student);
    return students;
  }

  async stop(): Promise<void> {
    await this.database.end().catch(() => undefined);
    await this.stack.stop();
  }

  private async untilPremium(student: Student): Promise<void> {
    const deadline = performance.now() + SETTLE_MS;
    while (!(await student.isPremium())) {
      if (performance.now() > deadline) throw new Error('a student who paid has no access');
      await sleep(20);
    }
  }

  private async count(condition: string): Promise<number> {
    const [row] = await this.query<{ count: string }>(
      `SELECT count(*) AS count FROM webhook_events WHERE ${condition}`,
    );
    return Number(row?.count);
  }
}

export function stripeOf(sandboxUrl: string): Stripe {
  const { hostname: host, port } = new URL(sandboxUrl);
  return new Stripe('sk_test_sandbox', { host, port: Number(port), protocol: 'http', telemetry: false });
}
