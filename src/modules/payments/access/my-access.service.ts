import { Injectable } from '@nestjs/common';
import type { Access } from './domain/access';
import { EntitlementsService } from './entitlements.service';
import { OperatorFactsRepository, type RecordedTransition } from './persistence/operator-facts.repository';

/** The decision, and the change that led to it. */
export interface ExplainedAccess {
  readonly access: Access;
  readonly lastChange: RecordedTransition | undefined;
}

/** The decision that guard, status, locked body and operators use, for the student who asks why. */
@Injectable()
export class MyAccessService {
  constructor(
    private readonly entitlements: EntitlementsService,
    private readonly facts: OperatorFactsRepository,
  ) {}

  async explain(userId: string): Promise<ExplainedAccess> {
    const [access, lastChange] = await Promise.all([
      this.entitlements.getAccess(userId),
      this.facts.findLastTransition(userId),
    ]);
    return { access, lastChange };
  }
}
