import type Stripe from 'stripe';
import type { Student } from '../support/student';
import type { Ledger, Load } from './load';
import type { World } from './world';

const LIVE = new Set<Stripe.Subscription.Status>(['active', 'trialing', 'past_due']);

/** Events that nothing has been decided about. Quiescence means that there are none. */
export const unfinished = (world: World) =>
  world.sql<{ id: string; status: string; last_error: string | null }>(
    `SELECT event_id AS id, status, last_error FROM webhook_events WHERE status NOT IN ('processed', 'ignored') LIMIT 10`,
  );

/** What contradicts the invariants once everything is quiet; each line names its invariant. */
export async function findViolations(world: World, { ledger, students }: Load): Promise<string[]> {
  return [
    ...(await lostAcknowledgements(world, ledger)),
    ...(await wrongAccess(world, students)),
    ...(await doubledEffects(world)),
    ...(await unfinished(world)).map(({ id, status, last_error }) => `I6 ${id} is ${status}: ${last_error}`),
    ...(await personalDataInRedis(world)),
    ...[...new Set(ledger.serverErrors)].map((line) => `I9 ${line}`),
    ...world.deaths.map((line) => `a process died by itself: ${line}`),
  ];
}

async function lostAcknowledgements(world: World, { acknowledged }: Ledger): Promise<string[]> {
  const stored = await world.sql<{ id: string }>('SELECT event_id AS id FROM webhook_events');
  const ids = new Set(stored.map(({ id }) => id));
  return [...new Set(acknowledged)].filter((id) => !ids.has(id)).map((id) => `I1 ${id} is lost`);
}

async function wrongAccess(world: World, students: readonly Student[]): Promise<string[]> {
  const violations: string[] = [];
  for (const student of students) {
    const [user] = await world.sql<{ customer: string | null }>(
      'SELECT stripe_customer_id AS customer FROM users WHERE id = $1',
      [student.id],
    );
    const customer = user?.customer ?? undefined;
    const live = customer === undefined ? 0 : await countLive(world.stripe, customer);
    if (live > 1) violations.push(`I5 ${student.email} has ${live} live subscriptions`);
    const isPremium = await student.isPremium();
    if (isPremium !== live > 0)
      violations.push(`I3 ${student.email} premium ${isPremium}, Stripe says ${live > 0}`);
  }
  return violations;
}

async function countLive(stripe: Stripe, customer: string): Promise<number> {
  const { data } = await stripe.subscriptions.list({ customer, status: 'all', limit: 100 });
  return data.filter(({ status }) => LIVE.has(status)).length;
}

/** Each transition leads from the state of the previous one, and names its cause. */
async function doubledEffects(world: World): Promise<string[]> {
  const rows = await world.sql<{ user_id: string; to_state: string }>(
    `SELECT user_id, to_state FROM (
       SELECT user_id, from_state, to_state, cause_id,
         lag(to_state) OVER (PARTITION BY user_id ORDER BY id) AS before FROM entitlement_transitions) AS history
     WHERE (before IS NOT NULL AND from_state <> before) OR cause_id = ''`,
  );
  return rows.map(({ user_id, to_state }) => `I2 transition of ${user_id} to ${to_state} does not follow`);
}

async function personalDataInRedis({ redis: { admin } }: World): Promise<string[]> {
  const violations: string[] = [];
  for (const key of await admin.keys('*')) {
    if ((await admin.type(key)) !== 'hash') continue;
    const text = JSON.stringify(await admin.hgetall(key));
    if (/@example\.test|whsec_|sk_test_|Ada/.test(text)) violations.push(`I8 ${key} holds personal data`);
  }
  return violations;
}
