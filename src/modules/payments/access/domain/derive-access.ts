import type { Access, AccessReason, AccessState, NextAction } from './access';
import type { AccessFacts, AccessPolicy, DecisionContext, GrantFacts } from './access-facts';
import { decideSubscription } from './decide-subscription';

export const NO_ACCESS: Access = {
  granted: false,
  state: 'none',
  reason: 'no_subscription',
  until: null,
  subscriptionId: null,
  grantId: null,
  nextAction: 'subscribe',
  stale: false,
};

/**
 * The one rule: who may read premium content, why, and until when. Pure and total; access is the union over all
 * subscriptions and grants, so an old subscription's end never removes what a new one gives.
 * Half-open: access holds while now < until.
 */
export function deriveAccess(facts: AccessFacts, policy: AccessPolicy, now: Date): Access {
  const context = { facts, policy, now };
  const decisions = [
    ...facts.grants.filter((grant) => isRunning(grant, now)).map(complimentary),
    ...facts.subscriptions.map((subscription) => decideSubscription(subscription, context)),
  ].sort(byName);
  const granted = decisions.filter((decision) => decision.granted);
  if (granted.length > 0) return granted.reduce(endsLater);
  const denied = decisions.length > 0 ? decisions.reduce(isMoreUseful) : NO_ACCESS;
  if (!mayPayNow(denied, context)) return denied;
  const reason = facts.openCheckout?.declined === true ? 'checkout_declined' : 'checkout_open';
  return { ...denied, state: 'pending', reason, nextAction: 'complete_payment' };
}

/** An open payment link is what to do next, unless something else is under way or in the way. */
const mayPayNow = ({ state }: Access, { facts, now }: DecisionContext): boolean =>
  facts.openCheckout !== null &&
  now < facts.openCheckout.expiresAt &&
  (state === 'none' || state === 'expired');

const isRunning = ({ startsAt, endsAt }: GrantFacts, now: Date) =>
  startsAt <= now && (endsAt === null || now < endsAt);

const complimentary = ({ id, endsAt }: GrantFacts): Access => ({
  granted: true,
  state: 'active' satisfies AccessState,
  reason: 'complimentary' satisfies AccessReason,
  until: endsAt,
  subscriptionId: null,
  grantId: id,
  nextAction: 'none' satisfies NextAction,
  stale: false,
});

/** Of equal decisions the first one is told: which that is must not depend on the order in which rows were read. */
const byName = (a: Access, b: Access): number => (nameOf(a) < nameOf(b) ? 1 : -1);
const nameOf = ({ grantId, subscriptionId }: Access): string => grantId ?? subscriptionId ?? '';

const endOf = ({ granted, until }: Access): number => until?.getTime() ?? (granted ? Infinity : -Infinity);

const endsLater = (a: Access, b: Access): Access => (endOf(b) > endOf(a) ? b : a);

// Among denials, the one that a person can act on says more than one that is over.
const WEIGHT: Record<AccessState, number> = {
  pending: 6,
  revoked: 5,
  past_due: 4,
  expired: 3,
  none: 0,
  active: 0,
  canceling: 0,
  trialing: 0,
};

function isMoreUseful(a: Access, b: Access): Access {
  const difference = WEIGHT[b.state] - WEIGHT[a.state];
  return difference > 0 || (difference === 0 && endOf(b) > endOf(a)) ? b : a;
}
