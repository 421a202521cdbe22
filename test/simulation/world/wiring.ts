/**
 * The one place where the simulation names production code. A class that moves costs a path here; a constructor that
 * changes costs nothing.
 */
import { getQueueToken } from '@nestjs/bull';
import { Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AppError } from 'src/common/errors/app-error';
import { isOutage } from 'src/common/errors/outage';
import { Clock } from 'src/common/domain/clock';
import {
  AccessConfig,
  DatabaseConfig,
  HttpConfig,
  loadConfig,
  MailConfig,
  RedisConfig,
  SiteConfig,
  StripeConfig,
  WebhooksConfig,
  type AppConfig,
} from 'src/config/app-config';
import { CheckoutConfig } from 'src/config/checkout-config';
import { Failpoints } from 'src/config/failpoints';
import { dataSourceOptions } from 'src/database/data-source';
import { Database } from 'src/database/database';
import { MailDispatcherService } from 'src/mail/mail-dispatcher.service';
import { Mailer, type Mail } from 'src/mail/mailer';
import { Outbox } from 'src/mail/outbox';
import { CheckoutReturnService } from 'src/modules/payments/checkout/checkout-return.service';
import { CheckoutService } from 'src/modules/payments/checkout/checkout.service';
import { EntitlementsService } from 'src/modules/payments/access/entitlements.service';
import { GrantsService } from 'src/modules/payments/access/grants.service';
import { PaymentsModule } from 'src/modules/payments/payments.module';
import { PlansService } from 'src/modules/payments/plans/plans.service';
import { SubscriptionStatusService } from 'src/modules/payments/subscriptions/subscription-status.service';
import { SubscriptionsService } from 'src/modules/payments/subscriptions/subscriptions.service';
import { UsersService } from 'src/modules/users/users.service';
import { DispatcherService } from 'src/modules/webhooks/dispatcher.service';
import { InboxReplayService } from 'src/modules/webhooks/inbox-replay.service';
import { IngestService } from 'src/modules/webhooks/ingest.service';
import { BullEventHints } from 'src/modules/webhooks/jobs/bull-event-hints';
import { EventHints, NoHints } from 'src/modules/webhooks/jobs/event-hints';
import { WebhooksProcessor } from 'src/modules/webhooks/jobs/webhooks.processor';
import { WEBHOOKS_QUEUE } from 'src/modules/webhooks/jobs/webhooks.queue';
import { retryDelayMs } from 'src/queue/retry-later';
import { testEnv } from '../../support/config';
import { factoriesOf, Injector } from './injector';

export { WEBHOOK_SECRET } from '../../support/config';
export type { AppConfig, Mail };
export type Access = Awaited<ReturnType<EntitlementsService['getAccess']>>;

/** What one process is given from outside. */
export interface Surroundings {
  readonly config: AppConfig;
  readonly dataSource: DataSource;
  /** Undefined: this installation has no Redis. */
  readonly queue: object | undefined;
  readonly mailer: { send(mail: Mail): Promise<void> };
  readonly clock: { now(): Date };
}

export const readConfig = (env: Readonly<Record<string, string>>): AppConfig =>
  loadConfig(testEnv({ databaseUrl: 'postgresql://simulated@127.0.0.1/simulated', env }));

/** One for all simulated processes: it holds no state of a process, and building it takes longer than a schedule. */
export async function openDataSource(config: AppConfig): Promise<DataSource> {
  const dataSource = new DataSource(dataSourceOptions(config.database));
  await dataSource.initialize();
  return dataSource;
}

export function createInjector({ config, dataSource, queue, mailer, clock }: Surroundings): Injector {
  const instances = new Map<unknown, unknown>([
    [HttpConfig, config.http],
    [DatabaseConfig, config.database],
    [RedisConfig, config.redis],
    [StripeConfig, config.stripe],
    [AccessConfig, config.access],
    [CheckoutConfig, config.checkout],
    [MailConfig, config.mail],
    [SiteConfig, config.site],
    [WebhooksConfig, config.webhooks],
    [Failpoints, new Failpoints([])],
    [DataSource, dataSource],
    [Clock, clock],
    [Mailer, mailer],
    [getQueueToken(WEBHOOKS_QUEUE), queue],
  ]);
  const classes = new Map<unknown, unknown>([[EventHints, queue === undefined ? NoHints : BullEventHints]]);
  return new Injector({ instances, classes, factories: new Map(factoriesOf(PaymentsModule)) });
}

export type WebParts = ReturnType<typeof createWeb>;

/** The parts of a web process that work on payments and emails. */
export function createWeb(injector: Injector) {
  return {
    database: injector.get(Database),
    ingest: injector.get(IngestService),
    users: injector.get(UsersService),
    outbox: injector.get(Outbox),
    checkout: injector.get(CheckoutService),
    returns: injector.get(CheckoutReturnService),
    status: injector.get(SubscriptionStatusService),
    subscriptions: injector.get(SubscriptionsService),
    entitlements: injector.get(EntitlementsService),
    grants: injector.get(GrantsService),
    replay: injector.get(InboxReplayService),
    plans: injector.get(PlansService),
  };
}

/** The parts of a worker process. */
export function createWorker(injector: Injector, hasQueue: boolean) {
  return {
    loops: [injector.get(DispatcherService), injector.get(MailDispatcherService)],
    handlers: hasQueue ? handlersOf(injector.get(WebhooksProcessor)) : [],
  };
}

/** As src/queue sets them: what is retried, and when, is decided in PostgreSQL. */
export const JOB_OPTIONS = { attempts: 1_000_000, removeOnComplete: false };
export const backoffMs = (job: { readonly attemptsMade: number }, error: unknown): number =>
  retryDelayMs(job.attemptsMade, error as Error);

export interface JobHandler {
  readonly jobName: string | undefined;
  readonly concurrency: number;
  readonly handle: (job: object) => Promise<unknown>;
}

/** What `@Process` says of the methods of a processor. */
function handlersOf(processor: object): JobHandler[] {
  const methods = processor as Record<string, (job: object) => Promise<unknown>>;
  return Object.getOwnPropertyNames(Object.getPrototypeOf(processor)).flatMap((name) => {
    const method = methods[name];
    const options = method && (Reflect.getMetadata(PROCESS_METADATA, method) as ProcessOptions | undefined);
    if (method === undefined || options === undefined) return [];
    const handle = (job: object) => method.call(processor, job);
    return [
      {
        jobName: options.name === '*' ? undefined : options.name,
        concurrency: options.concurrency ?? 1,
        handle,
      },
    ];
  });
}

// As @nestjs/bull names it; the constant is not exported.
const PROCESS_METADATA = 'bull:module_queue_process';
interface ProcessOptions {
  readonly name?: string;
  readonly concurrency?: number;
}

/** The status that the edge would answer with. */
export function statusOf(error: unknown): number {
  if (error instanceof AppError) return STATUS[error.kind] ?? 500;
  return isOutage(error) ? 503 : 500;
}

const STATUS: Readonly<Record<string, number>> = {
  invalid: 400,
  unauthenticated: 401,
  payment_required: 402,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  rate_limited: 429,
  unavailable: 503,
};

/** What the processes log is no part of a story. */
export function quietLogs(): void {
  Logger.overrideLogger(false);
}
