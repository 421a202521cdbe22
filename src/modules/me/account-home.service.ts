import { Injectable } from '@nestjs/common';
import { AccountSessionsService } from 'src/modules/accounts';
import type { UserSession } from 'src/modules/auth';
import { LearningService, type CourseProgress } from 'src/modules/chapters';
import { ConnectionsService, type Connection } from 'src/modules/oauth';
import {
  PersonalBillingService,
  PlansService,
  type PersonalBilling,
  type PlanSummary,
} from 'src/modules/payments';
import { UsersService, type User } from 'src/modules/users';

/** Everything that the account page shows. */
export interface AccountHome {
  readonly user: User;
  readonly billing: PersonalBilling;
  /** For sale; empty while the prices are unknown. */
  readonly plans: readonly PlanSummary[];
  readonly progress: CourseProgress;
  readonly connections: readonly Connection[];
  readonly sessions: readonly UserSession[];
}

/** Collects the account page from the services that the API uses. */
@Injectable()
export class AccountHomeService {
  constructor(
    private readonly users: UsersService,
    private readonly billing: PersonalBillingService,
    private readonly plans: PlansService,
    private readonly learning: LearningService,
    private readonly connections: ConnectionsService,
    private readonly sessions: AccountSessionsService,
  ) {}

  async load(userId: string): Promise<AccountHome> {
    const [user, billing, plans, progress, connections, sessions] = await Promise.all([
      this.users.getById(userId),
      this.billing.getBilling(userId),
      this.plans.listPlans().catch(() => []),
      this.learning.getProgress(userId),
      this.connections.list(userId),
      this.sessions.list(userId),
    ]);
    return { user, billing, plans, progress, connections, sessions };
  }
}
