import { Injectable } from '@nestjs/common';
import type { TimelinePage } from 'src/database/timeline';
import { CustomerDirectory, OperatorViewsService, type PaymentEntry } from 'src/modules/payments';
import { UsersService } from 'src/modules/users';
import { InboxViewService, type InboxEntry } from 'src/modules/webhooks';
import { AuditLogRepository, type AuditTimelineEntry } from './persistence/audit-log.repository';

export type TimelineEntry = PaymentEntry | InboxEntry | AuditTimelineEntry;

/** Everything recorded about a user, ordered by time. */
@Injectable()
export class UserTimelineService {
  constructor(
    private readonly users: UsersService,
    private readonly directory: CustomerDirectory,
    private readonly payments: OperatorViewsService,
    private readonly inbox: InboxViewService,
    private readonly audit: AuditLogRepository,
  ) {}

  /** Newest first, with the events of every current and former customer. Throws `user_not_found`. */
  async list(userId: string, page: TimelinePage): Promise<TimelineEntry[]> {
    const user = await this.users.getById(userId);
    const customers = await this.directory.listCustomers(user);
    const customerIds = customers.map(({ id }) => id);
    // The newest rows of each source include the newest rows overall.
    const sources = await Promise.all([
      this.payments.listTimeline(userId, page),
      this.inbox.listOfCustomers(customerIds, page),
      this.audit.listOfUser(userId, page),
    ]);
    return sources
      .flat<TimelineEntry[][]>()
      .sort((a, b) => (a.position < b.position ? 1 : -1))
      .slice(0, page.limit);
  }
}
