import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import Stripe from 'stripe';
import { createSandbox, type Sandbox, type SandboxOptions } from 'stripe-sandbox';
import { freePort } from '../../local/ports';
import { withClient } from '../../local/postgres';
import { WorkerModule } from '../../src/worker.module';
import { testConfig, WEBHOOK_SECRET, type TestConfigOptions } from './config';
import { createTestDatabase, type TestDatabase } from './database';
import { EmailFolder } from './emails';
import { Student } from './student';
import { createHttpApp } from './watched-app';

export interface TestAppOptions {
  /** Redis for Bull; without it the dispatcher runs everything. */
  readonly redisUrl?: string;
  readonly redisPrefix?: string;
  /** False: nobody processes events until `startWorker` is called. */
  readonly worker?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** Settings of the sandbox that differ from its defaults. */
  readonly sandbox?: SandboxOptions;
  /** Last changes to the web application before it listens. */
  readonly prepare?: (web: NestFastifyApplication) => void;
}

/** The whole system in one process: sandbox, web and worker over a database of its own. */
export class TestApp {
  private constructor(
    readonly apiUrl: string,
    readonly web: NestFastifyApplication,
    readonly sandbox: Sandbox,
    readonly stripe: Stripe,
    readonly database: TestDatabase,
    /** The folder for the worker's emails. */
    readonly mails: EmailFolder,
    private readonly options: TestConfigOptions,
  ) {}

  worker: INestApplicationContext | undefined;

  static async start({
    redisUrl,
    redisPrefix,
    worker = true,
    env = {},
    sandbox: settings = {},
    prepare,
  }: TestAppOptions = {}): Promise<TestApp> {
    const database = await createTestDatabase();
    const port = await freePort();
    const apiUrl = `http://127.0.0.1:${port}`;
    const sandbox = createSandbox({
      ...settings,
      port: 0,
      catalog: 'premium',
      webhookUrl: `${apiUrl}/api/v1/payments/webhook`,
      webhookSecret: WEBHOOK_SECRET,
    });
    await sandbox.listen();
    const redis: Record<string, string> =
      redisUrl === undefined ? {} : { REDIS_URL: redisUrl, REDIS_PREFIX: redisPrefix ?? '{test}' };
    const mails = new EmailFolder();
    const options: TestConfigOptions = {
      databaseUrl: database.url,
      publicUrl: apiUrl,
      env: {
        PORT: String(port),
        STRIPE_API_BASE: sandbox.url,
        MAIL_DIR: mails.path,
        ...redis,
        ...env,
      },
    };
    const web = await createHttpApp(testConfig(options));
    prepare?.(web);
    await web.listen(port, '127.0.0.1');
    const { hostname: host, port: stripePort } = new URL(sandbox.url);
    const stripe = new Stripe('sk_test_sandbox', {
      host,
      port: Number(stripePort),
      protocol: 'http',
      telemetry: false,
    });
    const app = new TestApp(apiUrl, web, sandbox, stripe, database, mails, options);
    if (worker) await app.startWorker();
    return app;
  }

  /** `env` replaces variables of this worker only, as a deployment would. */
  async startWorker(env: Readonly<Record<string, string>> = {}): Promise<void> {
    this.worker = await NestFactory.createApplicationContext(
      WorkerModule.register(testConfig({ ...this.options, env: { ...this.options.env, ...env } })),
      {
        logger: false,
      },
    );
    await this.worker.init();
  }

  async stopWorker(): Promise<void> {
    await this.worker?.close();
    this.worker = undefined;
  }

  student(): Promise<Student> {
    return Student.register(this.apiUrl);
  }

  /** Looks into the database as an operator with psql would. */
  async sql<T extends object>(text: string, values: unknown[] = []): Promise<T[]> {
    return withClient(
      this.database.url,
      async (client) => (await client.query<T & object>(text, values)).rows,
    );
  }

  async stop(): Promise<void> {
    await this.sandbox.close();
    await this.stopWorker();
    await this.web.close();
    await this.database.drop();
    this.mails.remove();
  }
}
