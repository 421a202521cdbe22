import type { DataSource } from 'typeorm';
import { useDatabase, forgetListeners, listenersOf } from '../database/simulated-driver';
import { NO_DATABASE_FAULTS, SimulatedPostgres, type Connections } from '../database/simulated-postgres';
import { simulate } from '../kernel/globals';
import { Random } from '../kernel/random';
import { Scheduler } from '../kernel/scheduler';
import { Story } from '../kernel/story';
import { SimulatedQueue } from '../queue/simulated-queue';
import { NO_REDIS_FAULTS, SimulatedRedis } from '../queue/simulated-redis';
import { NO_STRIPE_FAULTS, SimulatedStripe, useStripe } from '../stripe/simulated-http';
import { StripeModel } from '../stripe/stripe-model';
import { Deliveries } from './deliveries';
import { Mails } from './mails';
import type { Profile } from './profile';
import { Server, type ServerKind } from './server';
import { JOB_OPTIONS, type AppConfig } from './wiring';

export interface Violation {
  readonly invariant: string;
  readonly what: string;
}

/** Ends a schedule at once: what follows a violation says nothing. */
export class Violated extends Error {}

export interface WorldOptions {
  readonly seed: number;
  readonly profile: Profile;
  readonly config: AppConfig;
  readonly dataSource: DataSource;
  readonly connections: Connections;
}

// A Monday in the future of every certificate and far from any change of the year.
const START_MS = Date.UTC(2027, 4, 3, 9);

/** One installation with its students, its Stripe and its troubles, in simulated time. */
export class World {
  readonly random: Random;
  readonly scheduler = new Scheduler(START_MS);
  readonly story = new Story(START_MS);
  readonly postgres: SimulatedPostgres;
  readonly redis: SimulatedRedis;
  readonly stripeModel: StripeModel;
  readonly stripe: SimulatedStripe;
  readonly deliveries: Deliveries;
  readonly mails: Mails;
  readonly servers: Server[];
  readonly profile: Profile;
  readonly config: AppConfig;
  readonly dataSource: DataSource;
  /** True while things may go wrong. */
  isTroubled = false;
  businessOffsetMs = 0;
  violation: Violation | undefined;
  /** Everything that anybody put into a queue. */
  readonly jobData: unknown[] = [];
  /** After each change at Stripe. */
  onStripeChange: () => void = () => undefined;

  constructor({ seed, profile, config, dataSource, connections }: WorldOptions) {
    this.random = new Random(seed, 'world');
    this.profile = profile;
    this.config = config;
    this.dataSource = dataSource;
    const parts = [this.scheduler, this.random, this.story] as const;
    this.postgres = new SimulatedPostgres(connections, ...parts);
    this.redis = new SimulatedRedis(...parts);
    this.deliveries = new Deliveries(this);
    this.stripeModel = new StripeModel(
      () => Math.floor(this.businessMs / 1000),
      (event) => this.deliveries.announce(event),
      () => this.onStripeChange(),
    );
    this.stripe = new SimulatedStripe(this.stripeModel, ...parts);
    this.mails = new Mails(this);
    this.servers = [
      ...this.createServers('web', profile.webs),
      ...this.createServers('worker', profile.workers),
    ];
    this.postgres.onCommit = async (statements) => {
      this.wakeListeners(statements.join('\n'));
      await this.onCommit(statements);
    };
    simulate({ scheduler: this.scheduler, random: new Random(seed, 'code') });
    useDatabase(this.postgres);
    useStripe(this.stripe);
  }

  get businessMs(): number {
    return this.scheduler.nowMs + this.businessOffsetMs;
  }

  get hasQueue(): boolean {
    return this.profile.redis !== 'absent';
  }

  get webs(): Server[] {
    return this.servers.filter(({ kind }) => kind === 'web');
  }

  createQueue(): SimulatedQueue {
    return new SimulatedQueue(this.redis, this.scheduler, (data) => this.jobData.push(data), JOB_OPTIONS);
  }

  tell(who: string, text: string): void {
    this.story.tell(this.scheduler.nowMs, who, text);
  }

  /** Notes the first broken promise; the schedule ends there. */
  violate(invariant: string, what: string): void {
    this.violation ??= { invariant, what };
    this.tell('ORACLE', `${invariant} is broken: ${what}`);
  }

  /** Runs until `isDone`, at most `limitMs` of simulated time. */
  async runUntil(isDone: () => boolean, limitMs: number): Promise<boolean> {
    const deadline = this.scheduler.nowMs + limitMs;
    while (!isDone()) {
      if (this.violation !== undefined) throw new Violated();
      if (this.scheduler.nowMs > deadline || !(await this.scheduler.step())) return false;
    }
    return true;
  }

  async close(): Promise<void> {
    for (const server of this.servers) server.process.kill();
    forgetListeners();
    await this.postgres.close();
    simulate(undefined);
    useDatabase(undefined);
    useStripe(undefined);
  }

  private createServers(kind: ServerKind, count: number): Server[] {
    return Array.from({ length: count }, (_, index) => new Server(this, kind, index + 1));
  }

  startTroubles(): void {
    const { postgres, redis, stripe, profile } = this;
    this.isTroubled = true;
    postgres.faults = profile.database;
    redis.faults = profile.redisFaults;
    stripe.faults = profile.stripe;
    if (profile.redis === 'dead') redis.setMode('down');
    if (profile.redis === 'lying' && profile.isCalm) redis.setMode('lying');
  }

  /** What is broken for good (a Redis that is dead or has lost its scripts) stays so. */
  endTroubles(): void {
    const { postgres, redis, stripe, profile } = this;
    this.isTroubled = false;
    postgres.faults = NO_DATABASE_FAULTS;
    redis.faults = NO_REDIS_FAULTS;
    stripe.faults = NO_STRIPE_FAULTS;
    if (profile.redis === 'faulty') redis.setMode('up');
  }

  /** Replaced by the oracle. */
  onCommit: (statements: readonly string[]) => Promise<void> = () => Promise.resolve();

  /** A committed statement that may have notified wakes the listeners, unless the notification gets lost. */
  private wakeListeners(statements: string): void {
    for (const [, channel = ''] of statements.matchAll(/pg_notify\('(\w+)'/g)) {
      for (const { process, wake } of listenersOf(channel)) {
        if (this.isTroubled && !this.profile.isCalm && this.random.chance(0.2)) continue;
        this.scheduler.schedule(this.random.latency(1), () => process.run(wake), { owner: process });
      }
    }
  }
}
