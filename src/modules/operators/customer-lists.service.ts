import { Injectable } from '@nestjs/common';
import {
  OperatorListsService,
  OperatorTasksService,
  RefundDecisionsService,
  type CustomerList,
  type OperatorTask,
} from 'src/modules/payments';
import { UsersService, type User } from 'src/modules/users';

/** A row of a list with the account that it is about; none for money that belongs to nobody. */
export interface ListRow {
  readonly user: User | undefined;
  readonly customerId: string | undefined;
  readonly what: string;
  readonly at: Date | null;
}

export interface TodayCounts {
  readonly lists: Readonly<Record<CustomerList, number>>;
  readonly tasks: readonly { readonly kind: string; readonly count: number }[];
  readonly refundRequests: number;
}

const MOST_TASKS = 100;

/** The lists of customers that may need a person, with their accounts. */
@Injectable()
export class CustomerListsService {
  constructor(
    private readonly lists: OperatorListsService,
    private readonly tasks: OperatorTasksService,
    private readonly users: UsersService,
    private readonly refunds: RefundDecisionsService,
  ) {}

  async list(name: CustomerList): Promise<ListRow[]> {
    const rows = await this.lists.list(name);
    const users = await this.users.listByIds(rows.map(({ userId }) => userId));
    return rows.map(({ userId, what, at }) => ({ user: users.get(userId), customerId: undefined, what, at }));
  }

  /** Money of customers that belong to nobody, the oldest first. */
  async listUnmatched(): Promise<ListRow[]> {
    const tasks = await this.listTasks('unmatched_payment');
    return tasks.map(({ customerId, fact, openedAt }) => ({
      user: undefined,
      customerId: customerId ?? undefined,
      what: fact,
      at: openedAt,
    }));
  }

  listTasks(kind: OperatorTask['kind'] | undefined): Promise<OperatorTask[]> {
    return this.tasks.listOpen({ kind, limit: MOST_TASKS });
  }

  async count(): Promise<TodayCounts> {
    const [lists, tasks, refundRequests] = await Promise.all([
      this.lists.count(),
      this.tasks.countOpen(),
      this.refunds.countOpen(),
    ]);
    return { lists, tasks, refundRequests };
  }
}
