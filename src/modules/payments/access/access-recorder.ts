import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/domain/clock';
import { AccessConfig } from 'src/config/app-config';
import { deriveAccess, NO_ACCESS } from 'src/modules/payments/access/domain/derive-access';
import { AccessFactsRepository } from 'src/modules/payments/access/persistence/access-facts.repository';
import {
  TransitionsRepository,
  type Cause,
  type RecordedTransition,
} from 'src/modules/payments/access/persistence/transitions.repository';

/** Writes down what changed for a user. Runs inside the transaction that changed the facts. */
@Injectable()
export class AccessRecorder {
  constructor(
    private readonly facts: AccessFactsRepository,
    private readonly transitions: TransitionsRepository,
    private readonly policy: AccessConfig,
    private readonly clock: Clock,
  ) {}

  /** Compares with the last recorded state, so what time alone changed is recorded at the next sync. Undefined: no change. */
  async record(userId: string, cause: Cause): Promise<RecordedTransition | undefined> {
    const now = this.clock.now();
    // A payment link changes nothing about access.
    const facts = { ...(await this.facts.load(userId)), openCheckout: null };
    const to = deriveAccess(facts, this.policy, now);
    const last = await this.transitions.findLast(userId);
    const from = last ?? NO_ACCESS;
    if (from.state === to.state && from.reason === to.reason && from.granted === to.granted) {
      return undefined;
    }
    const id = await this.transitions.append({ userId, from: from.state, to, cause, businessTime: now });
    return { id, from, to };
  }
}
