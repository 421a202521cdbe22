import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/domain/clock';
import type { Plan } from 'src/modules/payments/domain/subscription';
import { RefreshService } from 'src/modules/payments/sync/refresh.service';
import type { ChangeContext } from 'src/modules/payments/subscriptions/change-context';
import { UsersService } from 'src/modules/users';
import { PlanQuoteNotFoundError, PlanQuoteOutdatedError } from './billing.errors';
import {
  PlanChangeQuotesRepository,
  type PlanChangeQuote,
} from './persistence/plan-change-quotes.repository';
import { noneToChange, PlanChangeInspector, type PossibleChange } from './plan-change-inspector';
import { PlanChangeWrites, type PlanChangeOutcome } from './plan-change-writes';

export interface PlanChangeRequest extends ChangeContext {
  readonly plan: Plan;
  readonly quoteId: string;
}

export interface PlanChangeResult {
  readonly quote: PlanChangeQuote;
  readonly outcome: PlanChangeOutcome;
}

/** Changes the plan by a quote that the student has seen. One operation per quote: a double click changes it once. */
@Injectable()
export class PlanChangeService {
  constructor(
    private readonly users: UsersService,
    private readonly refresh: RefreshService,
    private readonly inspector: PlanChangeInspector,
    private readonly quotes: PlanChangeQuotesRepository,
    private readonly writes: PlanChangeWrites,
    private readonly clock: Clock,
  ) {}

  /** Throws PlanQuoteNotFoundError (404), PlanQuoteOutdatedError (409), StripeUnavailableError (503): repeat it. */
  async change(request: PlanChangeRequest): Promise<PlanChangeResult> {
    const { userId, requestId } = request;
    const { stripeCustomerId } = await this.users.getById(userId);
    if (stripeCustomerId === null) throw noneToChange();
    const quote = await this.find(request);
    await this.refresh.change(stripeCustomerId, { kind: 'api', id: requestId }, async () => {
      if (await this.writes.isDone(quote)) return 'unchanged';
      if (!(await this.writes.goOn(quote))) {
        const { state } = await this.check(quote);
        await this.writes.carryOut({ userId, requestId }, quote, state);
      }
      return 'written';
    });
    return { quote, outcome: await this.writes.outcomeOf(quote) };
  }

  private async find({ userId, plan, quoteId }: PlanChangeRequest): Promise<PlanChangeQuote> {
    const quote = await this.quotes.find(quoteId, userId);
    if (quote === undefined) throw new PlanQuoteNotFoundError();
    if (quote.plan !== plan) throw new PlanQuoteOutdatedError();
    return quote;
  }

  private async check(quote: PlanChangeQuote): Promise<PossibleChange> {
    if (quote.expiresAt <= this.clock.now()) throw new PlanQuoteOutdatedError();
    const possible = await this.inspector.inspect(quote.userId, quote.plan);
    const { state, kind, liftsCancellation } = possible;
    const isSame =
      state.id === quote.subscriptionId &&
      state.priceId === quote.fromPriceId &&
      kind === quote.kind &&
      liftsCancellation === quote.liftsCancellation;
    if (!isSame) throw new PlanQuoteOutdatedError();
    return possible;
  }
}
