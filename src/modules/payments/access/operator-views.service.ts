import { Injectable } from '@nestjs/common';
import type { TimelinePage } from 'src/database/timeline';
import { OperatorFactsRepository, type OperatorFacts } from './persistence/operator-facts.repository';
import { OperatorMoneyRepository, type SeenInvoice } from './persistence/operator-money.repository';
import { OperatorSearchRepository } from './persistence/operator-search.repository';
import { OperatorTimelineRepository, type PaymentEntry } from './persistence/operator-timeline.repository';

/** What an operator may see of a user's payments. Reads only; decides nothing. */
@Injectable()
export class OperatorViewsService {
  constructor(
    private readonly facts: OperatorFactsRepository,
    private readonly timeline: OperatorTimelineRepository,
    private readonly search: OperatorSearchRepository,
    private readonly money: OperatorMoneyRepository,
  ) {}

  loadFacts(userId: string): Promise<OperatorFacts> {
    return this.facts.load(userId);
  }

  /** The users of a subscription, session, invoice, payment, refund or dispute, by Stripe's id. */
  findOwners(stripeId: string): Promise<string[]> {
    return this.search.findOwners(stripeId);
  }

  /** Who paid with a card of these last four digits, the latest payment first. */
  findPayers(lastFour: string, limit: number): Promise<string[]> {
    return this.search.findPayers(lastFour, limit);
  }

  /** The newest 24 invoices with their payments, newest first. */
  loadInvoices(userId: string): Promise<SeenInvoice[]> {
    return this.money.load(userId);
  }

  /** Up to `limit` rows of each kind, in no order. */
  listTimeline(userId: string, page: TimelinePage): Promise<PaymentEntry[]> {
    return this.timeline.list(userId, page);
  }
}
