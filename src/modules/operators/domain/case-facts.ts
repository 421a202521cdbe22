/** What the diagnosis of a case reads. Plain facts, so that the rule can be tested alone. */
export interface CaseFacts {
  readonly now: Date;
  readonly access: {
    readonly granted: boolean;
    readonly reason: string;
    readonly until: Date | null;
    readonly subscriptionId: string | null;
  };
  readonly subscriptions: readonly CaseSubscription[];
  readonly grants: readonly {
    readonly startsAt: Date;
    readonly endsAt: Date | null;
    readonly revokedAt: Date | null;
  }[];
  readonly refunds: readonly {
    readonly invoiceId: string;
    readonly full: boolean;
    readonly createdAt: Date;
  }[];
  readonly disputes: readonly {
    readonly invoiceId: string;
    readonly status: string;
    readonly createdAt: Date;
  }[];
  readonly checkout:
    { readonly status: string; readonly paymentStatus: string; readonly createdAt: Date } | undefined;
  readonly failures: {
    readonly pendingEvents: number;
    readonly deadEvents: number;
    readonly syncFailures: number;
  };
  /** The bank's answers to payments that are still open, the newest first. */
  readonly declines: readonly string[];
  /** Other accounts of what may be the same person that have access by paying. */
  readonly payingElsewhere: readonly { readonly email: string }[];
}

export interface CaseSubscription {
  readonly id: string;
  readonly status: string;
  readonly live: boolean;
  readonly currentPeriodEnd: Date;
  readonly trialEnd: Date | null;
  readonly cancelAt: Date | null;
  readonly endedAt: Date | null;
  readonly pastDueSince: Date | null;
  readonly createdAt: Date;
}

export type FindingTone = 'good' | 'info' | 'warn' | 'bad';

/** One thing that an operator should know, with the next step. */
export interface Finding {
  readonly code: string;
  readonly tone: FindingTone;
  readonly title: string;
  readonly text: string;
}
