import {
  isLive,
  type ListedSubscription,
  type SubscriptionFacts,
} from 'src/modules/payments/domain/subscription';

export const DRIFT_KINDS = [
  'missing_here',
  'missing_there',
  'status',
  'period',
  'cancel',
  'customer',
  'double',
] as const;
export type DriftKind = (typeof DRIFT_KINDS)[number];

/** One difference between Stripe and the database. */
export interface Drift {
  readonly kind: DriftKind;
  readonly customerId: string;
  /** Null when it is about the customer. */
  readonly subscriptionId: string | null;
  readonly userId: string | null;
  /** The value in the database, for a person. */
  readonly here: string | null;
  /** The value at Stripe. */
  readonly there: string | null;
}

export interface KnownSubscription extends Pick<
  SubscriptionFacts,
  'id' | 'status' | 'currentPeriodEnd' | 'cancelAt'
> {
  readonly customerId: string;
  readonly userId: string;
}

const isOver = (status: string): boolean => status === 'canceled' || status === 'incomplete_expired';
const text = (date: Date | null): string | null => date?.toISOString() ?? null;
/** Stripe's times have whole seconds. */
const isSame = (a: Date | null, b: Date | null): boolean => a?.getTime() === b?.getTime();

/** What differs between a listed subscription of one of our customers and the stored one. */
export function compareSubscription(
  listed: ListedSubscription,
  stored: KnownSubscription | undefined,
  userId: string,
): Drift[] {
  const about = { customerId: listed.customerId, subscriptionId: listed.id, userId };
  if (stored === undefined) {
    return isOver(listed.status)
      ? []
      : [{ kind: 'missing_here', ...about, here: null, there: listed.status }];
  }
  const found: Drift[] = [];
  if (stored.customerId !== listed.customerId)
    found.push({ kind: 'customer', ...about, here: stored.customerId, there: listed.customerId });
  if (stored.status !== listed.status)
    found.push({ kind: 'status', ...about, here: stored.status, there: listed.status });
  // After its end the dates decide nothing.
  if (isOver(listed.status)) return found;
  if (!isSame(stored.currentPeriodEnd, listed.currentPeriodEnd))
    found.push({
      kind: 'period',
      ...about,
      here: text(stored.currentPeriodEnd),
      there: text(listed.currentPeriodEnd),
    });
  if (!isSame(stored.cancelAt, listed.cancelAt))
    found.push({ kind: 'cancel', ...about, here: text(stored.cancelAt), there: text(listed.cancelAt) });
  return found;
}

/** A stored subscription that Stripe does not have. */
export const missingThere = ({ customerId, id, userId, status }: KnownSubscription): Drift => ({
  kind: 'missing_there',
  customerId,
  subscriptionId: id,
  userId,
  here: status,
  there: null,
});

/** A user bound to a customer that the account does not list: deleted, or of another account. */
export const unknownCustomer = (customerId: string, userId: string): Drift => ({
  kind: 'customer',
  customerId,
  subscriptionId: null,
  userId,
  here: customerId,
  there: null,
});

export interface OwnedSubscription extends ListedSubscription {
  readonly userId: string;
}

/** Users who may be charged twice: more than one live subscription to our product. */
export function findDoubles(listed: readonly OwnedSubscription[]): Drift[] {
  const live = listed.filter(({ status }) => isLive(status));
  const byUser = Map.groupBy(live, ({ userId }) => userId);
  return [...byUser].flatMap(([userId, subscriptions]) => {
    const [first] = subscriptions;
    if (first === undefined || subscriptions.length < 2) return [];
    const ids = subscriptions.map(({ id }) => id).sort();
    return [
      {
        kind: 'double',
        customerId: first.customerId,
        subscriptionId: null,
        userId,
        here: null,
        there: ids.join(' '),
      },
    ];
  });
}

/** A sync can make it right. A double subscription and a subscription that Stripe lost need a person. */
export const isRepairable = ({ kind }: Pick<Drift, 'kind'>): boolean =>
  kind !== 'double' && kind !== 'missing_there';

const FEW = 10;
const SHARE = 0.2;

/**
 * True when so much is unknown at Stripe that the key probably belongs to another account: then nothing is repaired.
 * `compared` counts the stored subscriptions and bound customers.
 */
export function looksLikeAnotherAccount(found: readonly Drift[], compared: number): boolean {
  const unknown = found.filter(
    ({ kind, there }) => there === null && (kind === 'missing_there' || kind === 'customer'),
  );
  return unknown.length > Math.max(FEW, compared * SHARE);
}
