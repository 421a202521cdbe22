import { createRequire } from 'node:module';
import { Controller, HttpCode, Module, Post, Req, type RawBodyRequest } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { PeerOptions } from './peer-options';

// Loaded by name, because its ES module does not find its own migrations.
const PACKAGE = '@supabase/stripe-sync-engine';

interface StripeSync {
  processWebhook(payload: Buffer, signature: string): Promise<void>;
}

interface SyncEngine {
  readonly StripeSync: new (config: object) => StripeSync;
  runMigrations(config: { databaseUrl: string; schema: string }): Promise<void>;
}

/** The synchronisation of Stripe into PostgreSQL that is published for Supabase. It works inside the request. */
export async function syncEngineModule({ databaseUrl, webhookSecret }: PeerOptions): Promise<object> {
  const { StripeSync, runMigrations } = createRequire(__filename)(PACKAGE) as SyncEngine;
  await runMigrations({ databaseUrl, schema: 'stripe' });
  const sync = new StripeSync({
    poolConfig: { connectionString: databaseUrl, max: 10 },
    schema: 'stripe',
    stripeSecretKey: 'sk_test_bench',
    stripeWebhookSecret: webhookSecret,
    // Without calls to Stripe, which would only slow it down.
    backfillRelatedEntities: false,
    autoExpandLists: false,
  });

  @Controller()
  class SyncEngineController {
    @Post('webhook')
    @HttpCode(200)
    async receive(@Req() { rawBody, headers }: RawBodyRequest<FastifyRequest>): Promise<{ received: true }> {
      await sync.processWebhook(rawBody ?? Buffer.alloc(0), String(headers['stripe-signature']));
      return { received: true };
    }
  }

  @Module({ controllers: [SyncEngineController] })
  class SyncEngineModule {}
  return SyncEngineModule;
}
