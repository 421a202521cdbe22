import type { CaseFacts, Finding } from './case-facts';
import { explainDecision } from './explain-decision';
import { day, finding } from './finding';

/**
 * What an operator should know about a case: first what stops us from being right about it, then what the decision is and
 * why, then what else is wrong. Pure; the first entry answers "why has this person, or not, access?".
 */
export function diagnose(facts: CaseFacts): Finding[] {
  return [...findFailures(facts), explainDecision(facts), ...findOddities(facts)];
}

function findFailures({ failures: { deadEvents, pendingEvents, syncFailures } }: CaseFacts): Finding[] {
  const findings: Finding[] = [];
  if (deadEvents > 0)
    findings.push(
      finding('event_dead', 'bad', [
        'A Stripe event failed and was given up',
        `${deadEvents} of this customer's events ran out of attempts, so access may be out of date.`,
        'Sync the customer now. Then open the event, fix its error and replay it.',
      ]),
    );
  if (syncFailures > 0)
    findings.push(
      finding('sync_failing', 'bad', [
        'Syncs with Stripe are failing',
        `The last ${syncFailures} syncs of this customer failed.`,
        'Sync now: the answer names the reason.',
      ]),
    );
  if (pendingEvents > 0)
    findings.push(
      finding('event_pending', 'warn', [
        'Events are waiting to be processed',
        `${pendingEvents} of this customer's events are not processed yet.`,
        'If they are older than a minute, check the worker, or sync the customer.',
      ]),
    );
  return findings;
}

function findOddities(facts: CaseFacts): Finding[] {
  const { subscriptions, access, payingElsewhere, now } = facts;
  const live = subscriptions.filter((subscription) => subscription.live);
  const findings: Finding[] = [];
  if (live.length > 1)
    findings.push(
      finding('two_subscriptions', 'bad', [
        'Charged twice: more than one live subscription',
        `${live.map(({ id, createdAt }) => `${id} since ${day(createdAt)}`).join(', ')}.`,
        'Under Money, end and refund the one that is not used.',
      ]),
    );
  if (!access.granted && payingElsewhere.length > 0)
    findings.push(
      finding('pays_elsewhere', 'warn', [
        'Another account of the same name pays',
        `${payingElsewhere.map(({ email }) => email).join(', ')} has access by a subscription.`,
        'Ask whether the person paid with that account, and let them sign in there.',
      ]),
    );
  const expired = facts.grants.filter(
    ({ endsAt, revokedAt }) => revokedAt === null && endsAt && endsAt <= now,
  );
  const last = expired.toSorted((a, b) => Number(b.endsAt) - Number(a.endsAt))[0];
  if (!access.granted && last?.endsAt && access.reason !== 'no_subscription')
    findings.push(
      finding('grant_expired', 'info', [
        'Complimentary access has ended',
        `It ended on ${day(last.endsAt)}.`,
      ]),
    );
  return findings;
}
