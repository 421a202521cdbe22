import { Injectable } from '@nestjs/common';
import { EntitlementsService, isLive, OperatorViewsService, type SeenInvoice } from 'src/modules/payments';
import { UsersService, type User } from 'src/modules/users';
import { AccessExplanationService, type AccessExplanation } from './access-explanation.service';
import type { CaseFacts, Finding } from './domain/case-facts';
import { diagnose } from './domain/diagnose';

const NAMESAKES = 10;

export interface Case extends AccessExplanation {
  /** The first one answers why the user has, or lacks, access. */
  readonly findings: readonly Finding[];
  /** The newest ones with their payments, newest first. */
  readonly invoices: readonly SeenInvoice[];
}

/** An access decision with its diagnosis in words. */
@Injectable()
export class CaseService {
  constructor(
    private readonly explanations: AccessExplanationService,
    private readonly users: UsersService,
    private readonly entitlements: EntitlementsService,
    private readonly views: OperatorViewsService,
  ) {}

  /** Throws `user_not_found`. */
  async open(userId: string): Promise<Case> {
    const [explanation, invoices] = await Promise.all([
      this.explanations.explain(userId),
      this.views.loadInvoices(userId),
    ]);
    const payingElsewhere = explanation.access.granted
      ? []
      : await this.findPayingNamesakes(explanation.user);
    const declines = findDeclines(invoices);
    const findings = diagnose({ ...toCaseFacts(explanation), payingElsewhere, declines });
    return { ...explanation, findings, invoices };
  }

  /** Other accounts of the same name that pay: the usual answer to "I paid but have no access". */
  private async findPayingNamesakes({ id, fullName }: User): Promise<User[]> {
    const namesakes = (await this.users.listByName(fullName, NAMESAKES)).filter((other) => other.id !== id);
    const paying = await Promise.all(
      namesakes.map(async (other) => (await this.entitlements.getAccess(other.id)).subscriptionId !== null),
    );
    return namesakes.filter((_, index) => paying[index]);
  }
}

/** What the bank answered to payments that are still open. */
const findDeclines = (invoices: readonly SeenInvoice[]): string[] =>
  invoices
    .filter(({ status }) => status === 'open')
    .flatMap(({ payments }) => payments.flatMap(({ failureCode }) => failureCode ?? []));

function toCaseFacts(explanation: AccessExplanation): Omit<CaseFacts, 'payingElsewhere' | 'declines'> {
  const { access, decidedAt, subscriptions, customers, facts, unfinishedEvents } = explanation;
  return {
    now: decidedAt,
    access,
    subscriptions: subscriptions.map((subscription) => ({
      ...subscription,
      live: isLive(subscription.status),
    })),
    grants: facts.grants,
    refunds: facts.refunds,
    disputes: facts.disputes,
    checkout: facts.checkout,
    failures: {
      pendingEvents: unfinishedEvents.pending,
      deadEvents: unfinishedEvents.dead,
      syncFailures: Math.max(0, ...customers.map(({ syncFailures }) => syncFailures)),
    },
  };
}
