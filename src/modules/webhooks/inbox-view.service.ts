import { Injectable } from '@nestjs/common';
import type { TimelinePage } from 'src/database/timeline';
import { EventAttemptsRepository, type FailedAttempt } from './persistence/event-attempts.repository';
import {
  InboxViewRepository,
  type EventDetail,
  type EventFilter,
  type EventSummary,
  type InboxEntry,
} from './persistence/inbox-view.repository';

/** What an operator may see of the inbox. Reads only. */
@Injectable()
export class InboxViewService {
  constructor(
    private readonly inbox: InboxViewRepository,
    private readonly attempts: EventAttemptsRepository,
  ) {}

  /** Newest first. */
  list(filter: EventFilter): Promise<EventSummary[]> {
    return this.inbox.list(filter);
  }

  find(id: number): Promise<EventDetail | undefined> {
    return this.inbox.find(id);
  }

  /** The newest failed attempts of an event, newest first. */
  listFailedAttempts(id: number): Promise<FailedAttempt[]> {
    return this.attempts.list(id);
  }

  findRowId(eventId: string): Promise<number | undefined> {
    return this.inbox.findRowId(eventId);
  }

  /** The customer that the event is about; undefined for an unknown event, and for one that names none. */
  findCustomer(eventId: string): Promise<string | undefined> {
    return this.inbox.findCustomer(eventId);
  }

  /** How many events are pending, and how many are dead; counting stops at a thousand. */
  countOpen(): Promise<{ pending: number; dead: number }> {
    return this.inbox.countOpen();
  }

  /** How many events of these customers are pending, and how many are dead. */
  countUnfinished(customerIds: readonly string[]): Promise<{ pending: number; dead: number }> {
    return this.inbox.countUnfinished(customerIds);
  }

  /** The events of these customers as part of a timeline, newest first. */
  listOfCustomers(customerIds: readonly string[], page: TimelinePage): Promise<InboxEntry[]> {
    return this.inbox.listOfCustomers(customerIds, page);
  }
}
