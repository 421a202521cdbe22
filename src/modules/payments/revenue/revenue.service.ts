import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/domain/clock';
import { lastMonths, revenueByMonth } from './domain/months';
import type { MonthOfRevenue } from './domain/revenue-facts';
import { RevenueRepository, type RevenueNow } from './persistence/revenue.repository';

const MONTHS = 12;
const DEFAULT_CURRENCY = 'usd';

export interface RevenueReport extends RevenueNow {
  readonly currency: string;
  readonly at: Date;
  /** Oldest first; the last one is the current month, up to now. */
  readonly months: readonly MonthOfRevenue[];
}

/** Revenue of the last twelve months, computed from what was billed and what moved. Asks Stripe nothing. */
@Injectable()
export class RevenueService {
  constructor(
    private readonly revenue: RevenueRepository,
    private readonly clock: Clock,
  ) {}

  async report(): Promise<RevenueReport> {
    const at = this.clock.now();
    const currency = (await this.revenue.findCurrency()) ?? DEFAULT_CURRENCY;
    const start = lastMonths(at.getTime(), MONTHS)[0]?.start ?? at.getTime();
    const [facts, now] = await Promise.all([
      this.revenue.load(currency, new Date(start)),
      this.revenue.loadNow(currency),
    ]);
    return { ...now, currency, at, months: revenueByMonth(facts, at.getTime(), MONTHS) };
  }
}
