import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/domain/clock';
import { AccessConfig } from 'src/config/app-config';
import type { CustomerList } from './customer-lists';
import { OperatorListsRepository, type ListedCustomer } from './persistence/operator-lists.repository';

/** Lists of customers for operators. Reads only; decides nothing. */
@Injectable()
export class OperatorListsService {
  constructor(
    private readonly lists: OperatorListsRepository,
    private readonly policy: AccessConfig,
    private readonly clock: Clock,
  ) {}

  /** At most a hundred. */
  list(name: CustomerList): Promise<ListedCustomer[]> {
    return this.lists.list(name, this.moment());
  }

  /** How many each list has; counting stops at a thousand. `newest_premium` has no count. */
  count(): Promise<Readonly<Record<CustomerList, number>>> {
    return this.lists.count(this.moment());
  }

  private moment() {
    return { now: this.clock.now(), graceMs: this.policy.pastDueGraceMs };
  }
}
