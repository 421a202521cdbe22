import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { CheckoutConfig } from 'src/config/checkout-config';
import { SyncRequests } from 'src/engine/sync-requests';
import type { Plan } from 'src/modules/payments/domain/subscription';
import {
  PlanNotOfferedError,
  PlansUnavailableError,
  PlanUnavailableError,
} from 'src/modules/payments/payments.errors';
import { PlansRepository, type StoredPlan } from 'src/modules/payments/plans/persistence/plans.repository';
import { isKeyRefused } from 'src/modules/payments/stripe/stripe-errors';
import { Catalogue } from './catalogue';
import { CATALOGUE_SUBJECT } from './catalogue-subject';
import { findSaving, intervalOf, type Saving, type TaxBehavior } from './domain/price';

/** A plan as shown to a student; the amount is left out while Stripe has never been reached. */
export interface PlanSummary {
  readonly plan: Plan;
  readonly interval: 'month' | 'year';
  readonly amountMinor?: number;
  readonly currency?: string;
}

/** A plan that can be bought now. */
export interface OfferedPlan extends Required<PlanSummary> {
  readonly saving: Saving | undefined;
  /** 0: no trial. */
  readonly trialDays: number;
  readonly tax: TaxBehavior;
}

/** All processes read the same rows; a process keeps them this long. */
const CACHE_MS = 1000;
/** Rows older than this are read again in the background, in case an event was lost. */
const STALE_MS = 15 * 60_000;
const MISSING_MS = 60_000;

/** What is for sale. Events about prices and products refresh it; reads never wait for Stripe once it has answered. */
@Injectable()
export class PlansService implements OnApplicationBootstrap {
  private readonly logger = new Logger(PlansService.name);
  private cached: { readonly plans: Promise<StoredPlan[]>; readonly until: number } | undefined;
  private refreshing: Promise<void> | undefined;
  private missingUntil = 0;

  constructor(
    private readonly catalogue: Catalogue,
    private readonly plans: PlansRepository,
    private readonly syncs: SyncRequests,
    private readonly config: CheckoutConfig,
  ) {}

  /** Loads in the background: the process must start while Stripe is unavailable. */
  onApplicationBootstrap(): void {
    this.refresh().catch((error: unknown) => {
      if (isKeyRefused(error))
        this.logger.error('STRIPE_SECRET_KEY is refused by Stripe: copy the key from its dashboard');
      else this.logger.warn({ err: error }, 'plans not loaded yet');
    });
  }

  /** For answers that are about something else: never waits for Stripe, and leaves out what cannot be bought. */
  async listPlans(): Promise<PlanSummary[]> {
    const stored = await this.load();
    return [...this.catalogue.priceIds.keys()].flatMap((plan) => {
      const found = stored.find((candidate) => candidate.plan === plan);
      const interval = intervalOf(plan);
      if (found === undefined) return [{ plan, interval }];
      const { amountMinor, currency, refusal } = found;
      return refusal === null ? [{ plan, interval, amountMinor, currency }] : [];
    });
  }

  /** What can be bought now. Throws PlansUnavailableError while that is not known, and when nothing is for sale. */
  async listOffer(): Promise<OfferedPlan[]> {
    let stored = await this.load();
    if (stored.length === 0) {
      await this.refresh().catch((error: unknown) => {
        throw new PlansUnavailableError({ cause: error });
      });
      stored = await this.load();
    }
    const offered = stored.filter(({ refusal }) => refusal === null);
    if (offered.length === 0) throw new PlansUnavailableError();
    return [...this.catalogue.priceIds.keys()].flatMap((plan) =>
      offered.filter((candidate) => candidate.plan === plan).map((found) => this.toOffered(found, offered)),
    );
  }

  /** Throws PlanNotOfferedError when this installation does not sell the plan. */
  getPriceId(plan: Plan): string {
    const priceId = this.catalogue.priceIds.get(plan);
    if (priceId === undefined) throw new PlanNotOfferedError(`The ${plan} plan is not offered.`);
    return priceId;
  }

  /** Asks Stripe, because a price may have been archived since it was listed. Throws PlanUnavailableError. */
  async getForSale(plan: Plan): Promise<StoredPlan> {
    const read = await this.catalogue.read(plan, this.getPriceId(plan));
    if (read.state?.refusal === null) return read.state;
    await this.catalogue.save(read);
    this.cached = undefined;
    throw new PlanUnavailableError();
  }

  /**
   * The products whose subscriptions grant premium, at any price: those sold now and those ever sold, so
   * that nobody who pays for an older one is locked out. Asks Stripe only for prices never asked before.
   */
  async getPremiumProductIds(): Promise<ReadonlySet<string>> {
    const known = await this.plans.listAll();
    const isKnown = (wanted: string) => known.some(({ priceId }) => priceId === wanted);
    const isComplete = [...this.catalogue.priceIds.values()].every(isKnown);
    // A price that Stripe does not know must not cost every sync a call.
    if (isComplete || performance.now() < this.missingUntil) return toProductIds(known);
    await this.refresh();
    this.missingUntil = performance.now() + MISSING_MS;
    return toProductIds(await this.plans.listAll());
  }

  findPlanOfPrice(priceId: string): Plan | null {
    return [...this.catalogue.priceIds].find(([, id]) => id === priceId)?.[0] ?? null;
  }

  private load(): Promise<StoredPlan[]> {
    const now = performance.now();
    if (this.cached === undefined || this.cached.until <= now) {
      this.cached = { plans: this.read(), until: now + CACHE_MS };
      this.cached.plans.catch(() => (this.cached = undefined));
    }
    return this.cached.plans;
  }

  private async read(): Promise<StoredPlan[]> {
    const rows = await this.plans.findByPriceIds([...this.catalogue.priceIds.values()]);
    const isStale = rows.some(({ ageMs }) => ageMs === null || ageMs > STALE_MS);
    // The answer does not wait for it.
    if (isStale) void this.syncs.ask(CATALOGUE_SUBJECT, STALE_MS / 2);
    return rows;
  }

  private refresh(): Promise<void> {
    this.refreshing ??= this.readAndSave().finally(() => (this.refreshing = undefined));
    return this.refreshing;
  }

  private async readAndSave(): Promise<void> {
    for (const read of await this.catalogue.readAll()) await this.catalogue.save(read);
    this.cached = undefined;
  }

  private toOffered(plan: StoredPlan, all: readonly StoredPlan[]): OfferedPlan {
    return {
      plan: plan.plan,
      interval: intervalOf(plan.plan),
      amountMinor: plan.amountMinor,
      currency: plan.currency,
      saving: findSaving(plan, all),
      trialDays: this.config.trialDays,
      tax: plan.taxBehavior,
    };
  }
}

const toProductIds = (plans: readonly { readonly productId: string }[]): ReadonlySet<string> =>
  new Set(plans.map(({ productId }) => productId));
