import { useTestDatabase } from '../../../../../test/support/use-test-database';
import { AccessFactsRepository } from '../../access/persistence/access-facts.repository';
import {
  SUBSCRIPTION_COLUMNS,
  type SubscriptionToStore,
} from '../../access/persistence/subscription.columns';
import { ACCESS_FACTS } from '../../access/session-facts';
import { SubscriptionsRepository } from './subscriptions.repository';

const at = (day: number) => new Date(Date.UTC(2026, 2, day));

const FIRST: Omit<SubscriptionToStore, 'userId'> = {
  id: 'sub_1',
  customerId: 'cus_1',
  status: 'active',
  grantsPremium: true,
  plan: 'monthly',
  priceId: 'price_1',
  itemId: 'si_1',
  currentPeriodStart: at(1),
  currentPeriodEnd: at(2),
  trialEnd: null,
  cancelAtPeriodEnd: false,
  cancelAt: null,
  endedAt: null,
  collectionPaused: false,
  pendingUpdate: false,
  pastDueSince: null,
  latestInvoice: null,
  createdAt: at(1),
};

/** Differs from the first in every property. */
const SECOND: typeof FIRST = {
  id: 'sub_1',
  customerId: 'cus_2',
  status: 'past_due',
  grantsPremium: true,
  plan: 'yearly',
  priceId: 'price_2',
  itemId: 'si_2',
  currentPeriodStart: at(3),
  currentPeriodEnd: at(4),
  trialEnd: at(5),
  cancelAtPeriodEnd: true,
  cancelAt: at(6),
  endedAt: at(7),
  collectionPaused: true,
  pendingUpdate: true,
  pastDueSince: at(8),
  latestInvoice: {
    id: 'in_1',
    status: 'open',
    amountDueMinor: 999,
    billingReason: 'manual',
    createdAt: at(9),
  },
  createdAt: at(10),
};

describe('subscription columns', () => {
  const testDatabase = useTestDatabase();
  let userId: string;

  beforeEach(async () => {
    await testDatabase.database.query('DELETE FROM subscriptions');
    const row = await testDatabase.database.queryOne<{ id: string }>(
      `INSERT INTO users (email, full_name, role) VALUES (gen_random_uuid() || '@example.test', 'Ada', 'student') RETURNING id`,
    );
    userId = row?.id ?? '';
  });

  const save = (subscription: typeof FIRST, fence: number) =>
    new SubscriptionsRepository(testDatabase.database).save({ ...subscription, userId }, fence);
  const load = async () =>
    (await new AccessFactsRepository(testDatabase.database).load(userId)).subscriptions[0];

  it.each([FIRST, SECOND])('reads every property as it was written', async (subscription) => {
    await save(subscription, 1);

    expect(await load()).toMatchObject({ ...subscription, userId });
  });

  it.each<[string, (typeof FIRST)[]]>([
    ['without a subscription', []],
    ['with one', [FIRST]],
    ['with several', [FIRST, { ...SECOND, id: 'sub_2' }, { ...FIRST, id: 'sub_3', status: 'canceled' }]],
  ])('gives a user %s the same facts when they are read with the session', async (_, subscriptions) => {
    for (const subscription of subscriptions) await save(subscription, 1);
    await testDatabase.database.query(
      `INSERT INTO grants (user_id, starts_at, ends_at, granted_by, reason)
       VALUES ($1, now() - interval '1 day', now() + interval '1 day', $1, 'test'), ($1, now(), NULL, $1, 'test')`,
      [userId],
    );
    const [row] = await testDatabase.database.query<{ facts: unknown }>(
      `SELECT ${ACCESS_FACTS.sql} AS facts FROM (SELECT $1::text) AS session`,
      ['', userId],
    );

    const loaded = await new AccessFactsRepository(testDatabase.database).load(userId);
    expect(loaded.subscriptions).toHaveLength(subscriptions.length);
    expect(ACCESS_FACTS.parse(row?.facts)).toEqual(loaded);
  });

  it('updates every column that is not fixed', async () => {
    await save(FIRST, 1);
    await save(SECOND, 2);

    const fixed = Object.entries(SUBSCRIPTION_COLUMNS).filter(([, column]) => column.fixed);
    const kept = Object.fromEntries(
      fixed.map(([property]) => [property, FIRST[property as keyof typeof FIRST]]),
    );
    expect(await load()).toMatchObject({ ...SECOND, ...kept, userId });
  });

  it('describes every column of the table but the two that the upsert writes itself', () => {
    const { columns } = testDatabase.dataSource.getMetadata('SubscriptionEntity');

    expect(columns.map(({ databaseName }) => databaseName).sort()).toEqual(
      [...Object.values(SUBSCRIPTION_COLUMNS).map(({ name }) => name), 'fence', 'synced_at'].sort(),
    );
  });

  it.each(['canceled', 'incomplete_expired'] as const)(
    'never revives a subscription that is %s',
    async (status) => {
      await save({ ...FIRST, status }, 1);
      await save(SECOND, 2);

      expect(await load()).toMatchObject({ status });
    },
  );
});
