import { Injectable, Logger } from '@nestjs/common';
import { Clock } from 'src/common/domain/clock';
import type { Lease } from 'src/engine/lease';
import { LeaseService } from 'src/engine/lease.service';
import {
  SweepsRepository,
  type SweepCounts,
  type SweepOutcome,
  type SweepRow,
} from 'src/modules/payments/reconcile/persistence/sweeps.repository';
import { looksLikeAnotherAccount, type Drift } from './domain/drift';
import { DriftService } from './drift.service';
import { RequestPace } from './request-pace';
import { SweepReader } from './sweep-reader';

/** One process sweeps at a time. */
const LEASE_ID = 'reconcile:sweep';
/** A quarter of what Stripe allows an account in live mode, so that students are never refused for a sweep. */
const REQUESTS_PER_SECOND = 25;
const AWAIT_REPAIRS_MS = 30_000;
const MOST_LOGGED = 20;

export interface SweepReport extends SweepCounts {
  readonly outcome: Exclude<SweepOutcome, 'running' | 'failed'>;
  readonly drift: readonly Drift[];
  /** Open findings after the repair. */
  readonly open: number;
  readonly durationMs: number;
}

type Swept = Omit<SweepReport, 'open' | 'durationMs'>;

/** Compares all subscriptions at Stripe with the database, and requests a sync for what differs. */
@Injectable()
export class SweepService {
  private readonly logger = new Logger(SweepService.name);

  constructor(
    private readonly leases: LeaseService,
    private readonly clock: Clock,
    private readonly sweeps: SweepsRepository,
    private readonly reader: SweepReader,
    private readonly findings: DriftService,
  ) {}

  /** `busy` while another process sweeps. Throws StripeUnavailableError; nothing is reported or repaired then. */
  run({ dryRun }: { readonly dryRun: boolean }): Promise<SweepReport | 'busy'> {
    return this.leases.tryRun(LEASE_ID, (lease) => this.recorded(lease, dryRun));
  }

  /** Business time of the latest sweep that compared everything and repaired what it could. */
  findLastComplete(): Promise<Date | undefined> {
    return this.sweeps.findLastComplete();
  }

  /** Newest first. */
  listSweeps(limit: number): Promise<SweepRow[]> {
    return this.sweeps.list(limit);
  }

  private async recorded(lease: Lease, dryRun: boolean): Promise<SweepReport> {
    const started = performance.now();
    const id = await this.sweeps.start(dryRun, this.clock.now());
    const finish = (outcome: SweepOutcome, counts: SweepCounts, error: string | null) =>
      this.sweeps.finish(id, { ...counts, outcome, durationMs: performance.now() - started, error });
    try {
      const swept = await this.sweep(lease, dryRun);
      await finish(swept.outcome, swept, null);
      const durationMs = performance.now() - started;
      this.log(swept, { dry_run: dryRun, duration_ms: Math.round(durationMs) });
      return { ...swept, open: await this.findings.countOpen(), durationMs };
    } catch (error) {
      await finish('failed', NOTHING, error instanceof Error ? error.message : String(error));
      throw error;
    }
  }

  private async sweep(lease: Lease, dryRun: boolean): Promise<Swept> {
    const pace = new RequestPace(REQUESTS_PER_SECOND);
    const { subscriptions, customers, compared, drift } = await this.reader.compare(pace);
    await this.findings.record(lease, drift);
    const refused = looksLikeAnotherAccount(drift, compared);
    const repairs = dryRun || refused ? 0 : await this.findings.repair(drift, AWAIT_REPAIRS_MS);
    return {
      subscriptions,
      customers,
      requests: pace.count,
      found: drift.length,
      repairs,
      outcome: refused ? 'not_repaired' : 'done',
      drift,
    };
  }

  private log({ drift, ...counts }: Swept, run: object): void {
    const line = { ...counts, ...run, drift: drift.slice(0, MOST_LOGGED) };
    if (drift.length === 0) this.logger.log(line, 'sweep: the database agrees with Stripe');
    else this.logger.warn(line, 'sweep: the database differs from Stripe');
  }
}

const NOTHING: SweepCounts = { subscriptions: 0, customers: 0, requests: 0, found: 0, repairs: 0 };
