import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import { createSandbox, type Sandbox } from 'stripe-sandbox';
import { withClient } from '../../local/postgres';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { eventually } from '../support/wait';

const SECRET = 'whsec_peer';
const REVALIDATED = ['charge', 'customer', 'invoice', 'payment_intent', 'payment_method', 'subscription'];

interface StripeSync {
  stripe: Stripe;
  postgresClient: { pool: { end(): Promise<void> } };
  processWebhook(payload: Buffer, signature: string): Promise<void>;
  syncBackfill(params: { object: 'all' }): Promise<Record<string, { synced: number }>>;
}

interface SyncEngine {
  readonly StripeSync: new (config: object) => StripeSync;
  runMigrations(config: { databaseUrl: string; schema: string }): Promise<void>;
}

/** A program that copies a Stripe account into PostgreSQL and that nobody here wrote. */
describe('@supabase/stripe-sync-engine at the sandbox', () => {
  let database: TestDatabase;
  let sandbox: Sandbox;
  let stripe: Stripe;
  let sync: StripeSync;
  let receiver: Server;
  const refusals = new Set<string>();
  let handled = 0;

  beforeAll(async () => {
    database = await createTestDatabase({ migrated: false });
    sync = await startEngine(database.url);
    receiver = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const signature = String(request.headers['stripe-signature']);
        sync.processWebhook(Buffer.concat(chunks), signature).then(
          () => response.writeHead(200).end(String(++handled)),
          () => {
            const { type } = JSON.parse(Buffer.concat(chunks).toString()) as { type: string };
            response.writeHead(500).end(String(refusals.add(type).size));
          },
        );
      });
    });
    await once(receiver.listen(0, '127.0.0.1'), 'listening');
    const { port } = receiver.address() as AddressInfo;
    const webhookUrl = `http://127.0.0.1:${port}/`;
    sandbox = createSandbox({ port: 0, catalog: 'premium', webhookUrl, webhookSecret: SECRET });
    const url = new URL(await sandbox.listen());
    const place = { host: url.hostname, port: Number(url.port), protocol: 'http' } as const;
    stripe = new Stripe('sk_test_peer', { ...place, telemetry: false });
    sync.stripe = stripe;
  });
  afterAll(async () => {
    await sandbox.close();
    receiver.closeAllConnections();
    receiver.close();
    await sync.postgresClient.pool.end();
    await database.drop();
  });

  const rows = (text: string): Promise<unknown[]> =>
    withClient(database.url, async (client) => (await client.query<Record<string, unknown>>(text)).rows);

  it('keeps the rows of a purchase, a renewal and a cancellation by webhooks alone', async () => {
    const customer = await stripe.customers.create({
      email: 'ada@example.com',
      payment_method: 'pm_card_visa',
      invoice_settings: { default_payment_method: 'pm_card_visa' },
    });
    const items = [{ price: 'price_premium_monthly' }];
    const { id } = await stripe.subscriptions.create({ customer: customer.id, items });
    sandbox.advance(32 * 86_400);
    await stripe.subscriptions.cancel(id);
    await eventually(async () => {
      const found = await rows(`SELECT status::text FROM stripe.subscriptions WHERE id = '${id}'`);
      expect(found).toEqual([{ status: 'canceled' }]);
      expect(await rows(`SELECT 1 FROM stripe.invoices WHERE status = 'paid'`)).toHaveLength(2);
    });
    expect(await rows('SELECT id, email FROM stripe.customers')).toEqual([
      { id: customer.id, email: 'ada@example.com' },
    ]);
    expect(await rows('SELECT amount_paid, billing_reason FROM stripe.invoices ORDER BY created')).toEqual([
      { amount_paid: '999', billing_reason: 'subscription_create' },
      { amount_paid: '999', billing_reason: 'subscription_cycle' },
    ]);
    // An upcoming invoice has no id yet, and the engine wants one.
    expect([...refusals]).toEqual(['invoice.upcoming']);
    expect(handled).toBeGreaterThan(10);
  });

  it('copies the whole account, and twice gives the same rows', async () => {
    const { payment_intent } = (await stripe.invoicePayments.list()).data[0]?.payment ?? {};
    await stripe.refunds.create({ payment_intent: String(payment_intent), amount: 500 });
    const count = (table: string) => rows(`SELECT count(*)::int AS count FROM stripe.${table}`);
    await sync.syncBackfill({ object: 'all' });
    const expected = {
      products: 1,
      prices: 2,
      plans: 2,
      customers: 1,
      subscriptions: 1,
      subscription_items: 1,
      invoices: 2,
      charges: 2,
      payment_intents: 2,
      payment_methods: 1,
      refunds: 1,
      tax_ids: 0,
    };
    for (const [table, wanted] of Object.entries(expected)) {
      expect([table, await count(table)]).toEqual([table, [{ count: wanted }]]);
    }
    await sync.syncBackfill({ object: 'all' });
    expect(await count('invoices')).toEqual([{ count: 2 }]);
    expect(await rows('SELECT amount, status FROM stripe.refunds')).toEqual([
      { amount: 500, status: 'succeeded' },
    ]);
    expect(await rows('SELECT amount, interval FROM stripe.plans ORDER BY amount')).toEqual([
      { amount: '999', interval: 'month' },
      { amount: '9599', interval: 'year' },
    ]);
  });
});

async function startEngine(databaseUrl: string): Promise<StripeSync> {
  // Loaded by name, because its ES module does not find its own migrations.
  const engine = createRequire(__filename)('@supabase/stripe-sync-engine') as SyncEngine;
  await engine.runMigrations({ databaseUrl, schema: 'stripe' });
  return new engine.StripeSync({
    poolConfig: { connectionString: databaseUrl, max: 5 },
    schema: 'stripe',
    stripeSecretKey: 'sk_test_peer',
    stripeWebhookSecret: SECRET,
    backfillRelatedEntities: true,
    autoExpandLists: true,
    // Of two events of one second the engine keeps the first that arrives, so it reads the object again.
    revalidateObjectsViaStripeApi: REVALIDATED,
  });
}
