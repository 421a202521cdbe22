import { Injectable } from '@nestjs/common';
import { EventEffects } from 'src/modules/payments';
import type { ProcessedBy } from './domain/inbox-event';
import { EventFailures } from './event-failures';
import { InboxWorkRepository, type ClaimedEvent } from './persistence/inbox-work.repository';

/** Finds the customer of events whose object names none: a refund or a dispute names only its charge. */
@Injectable()
export class EventCustomers {
  constructor(
    private readonly inbox: InboxWorkRepository,
    private readonly effects: EventEffects,
    private readonly failures: EventFailures,
  ) {}

  /**
   * Asks Stripe and keeps the answer in the row. Undefined when another worker was faster, or when the object belongs to
   * no customer: then the event is ignored. Throws what Stripe threw, after it has been written to the row.
   */
  async find(id: number, by: ProcessedBy): Promise<string | undefined> {
    const event = await this.inbox.claimUnassigned(id);
    if (event === undefined) return undefined;
    const customerId = await this.ask(event, by);
    if (customerId === undefined) await this.inbox.markProcessed([id], by, 'no_customer');
    else await this.inbox.assignSubject(id, customerId);
    return customerId;
  }

  private async ask(event: ClaimedEvent, by: ProcessedBy): Promise<string | undefined> {
    try {
      return await this.effects.findCustomer(event);
    } catch (error) {
      await this.failures.record([event], error, by);
      throw error;
    }
  }
}
