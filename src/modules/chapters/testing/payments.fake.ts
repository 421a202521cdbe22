import {
  NO_ACCESS,
  type Access,
  type EntitlementsService,
  type PlansService,
  type PlanSummary,
} from 'src/modules/payments';

export function anAccess(overrides: Partial<Access> = {}): Access {
  return { ...NO_ACCESS, ...overrides };
}

export const PLANS: readonly PlanSummary[] = [
  { plan: 'monthly', interval: 'month', amountMinor: 999, currency: 'usd' },
  { plan: 'yearly', interval: 'year' },
];

/** Returns the given access or throws the given error. Records the user ids. */
export class FakeEntitlements {
  readonly asked: string[] = [];

  constructor(private readonly answer: Access | Error) {}

  getAccess(userId: string): Promise<Access> {
    this.asked.push(userId);
    return this.answer instanceof Error ? Promise.reject(this.answer) : Promise.resolve(this.answer);
  }

  decide(userId: string): Promise<Access> {
    return this.getAccess(userId);
  }

  asService(): EntitlementsService {
    return this as unknown as EntitlementsService;
  }
}

export const fakePlans = { listPlans: () => Promise.resolve([...PLANS]) } as unknown as PlansService;
