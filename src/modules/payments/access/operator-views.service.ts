import { Injectable } from '@nestjs/common';
import type { TimelinePage } from 'src/database/timeline';
import { OperatorFactsRepository, type OperatorFacts } from './persistence/operator-facts.repository';
import { OperatorSearchRepository } from './persistence/operator-search.repository';
import { OperatorTimelineRepository, type PaymentEntry } from './persistence/operator-timeline.repository';

/** What an operator may see of a user's payments. Reads only; decides nothing. */
@Injectable()
export class OperatorViewsService {
  constructor(
    private readonly facts: OperatorFactsRepository,
    private readonly timeline: OperatorTimelineRepository,
    private readonly search: OperatorSearchRepository,
  ) {}

  loadFacts(userId: string): Promise<OperatorFacts> {
    return this.facts.load(userId);
  }

  /** The users of a subscription, session, invoice, payment, refund or dispute, by Stripe's id. */
  findOwners(stripeId: string): Promise<string[]> {
    return this.search.findOwners(stripeId);
  }

  /** Up to `limit` rows of each kind, in no order. */
  listTimeline(userId: string, page: TimelinePage): Promise<PaymentEntry[]> {
    return this.timeline.list(userId, page);
  }
}
