import type { ListedSubscription } from '../../domain/subscription';
import {
  compareSubscription,
  findDoubles,
  isRepairable,
  looksLikeAnotherAccount,
  missingThere,
  unknownCustomer,
  type KnownSubscription,
} from './drift';

const at = (day: number) => new Date(Date.UTC(2026, 2, day));

const listed = (overrides: Partial<ListedSubscription> = {}): ListedSubscription => ({
  id: 'sub_1',
  customerId: 'cus_1',
  status: 'active',
  currentPeriodEnd: at(20),
  cancelAt: null,
  productIds: ['prod_1'],
  ...overrides,
});
const stored = (overrides: Partial<KnownSubscription> = {}): KnownSubscription => ({
  id: 'sub_1',
  customerId: 'cus_1',
  userId: 'user-1',
  status: 'active',
  currentPeriodEnd: at(20),
  cancelAt: null,
  ...overrides,
});
const kinds = (there: Partial<ListedSubscription>, here: Partial<KnownSubscription> | undefined) =>
  compareSubscription(listed(there), here && stored(here), 'user-1').map(({ kind }) => kind);

describe('compareSubscription', () => {
  it('finds nothing when both agree', () => {
    expect(kinds({}, {})).toEqual([]);
  });

  it.each([
    ['a missing row', {}, undefined, ['missing_here']],
    ['another status', { status: 'past_due' }, {}, ['status']],
    ['another period', { currentPeriodEnd: at(21) }, {}, ['period']],
    ['a cancellation that is unknown here', { cancelAt: at(20) }, {}, ['cancel']],
    ['a cancellation that was undone', {}, { cancelAt: at(20) }, ['cancel']],
    ['another customer', {}, { customerId: 'cus_2' }, ['customer']],
    ['several differences', { status: 'past_due', currentPeriodEnd: at(9) }, {}, ['status', 'period']],
  ] as const)('finds %s', (_, there, here, expected) => {
    expect(kinds(there, here)).toEqual(expected);
  });

  it('ignores the dates of an ended subscription, and one that ended before it was known here', () => {
    expect(kinds({ status: 'canceled', currentPeriodEnd: at(1) }, { status: 'canceled' })).toEqual([]);
    expect(kinds({ status: 'incomplete_expired' }, undefined)).toEqual([]);
  });

  it('says both values', () => {
    expect(compareSubscription(listed({ status: 'unpaid' }), stored(), 'user-1')).toEqual([
      {
        kind: 'status',
        customerId: 'cus_1',
        subscriptionId: 'sub_1',
        userId: 'user-1',
        here: 'active',
        there: 'unpaid',
      },
    ]);
  });
});

describe('findDoubles', () => {
  const owned = (id: string, userId: string, status: ListedSubscription['status'] = 'active') => ({
    ...listed({ id, status }),
    userId,
  });

  it('finds a user with two live subscriptions under different customers', () => {
    expect(
      findDoubles([owned('sub_2', 'u1'), owned('sub_1', 'u1', 'past_due'), owned('sub_3', 'u2')]),
    ).toEqual([expect.objectContaining({ kind: 'double', userId: 'u1', there: 'sub_1 sub_2' })]);
  });

  it('ignores subscriptions that have ended or never started', () => {
    expect(findDoubles([owned('sub_1', 'u1'), owned('sub_2', 'u1', 'incomplete')])).toEqual([]);
  });
});

describe('looksLikeAnotherAccount', () => {
  const missing = (count: number) =>
    Array.from({ length: count }, (_, index) => missingThere(stored({ id: `sub_${index}` })));

  it.each([
    [10, 1000, false],
    [11, 20, true],
    [150, 1000, false],
    [201, 1000, true],
  ])('%i unknown of %i: %s', (unknown, compared, expected) => {
    expect(looksLikeAnotherAccount(missing(unknown), compared)).toBe(expected);
  });

  it('counts customers that Stripe does not know, and no other differences', () => {
    const unknown = Array.from({ length: 11 }, (_, index) => unknownCustomer(`cus_${index}`, 'u'));
    const changed = Array.from({ length: 30 }, () =>
      compareSubscription(listed({ status: 'unpaid' }), stored(), 'u'),
    );

    expect(looksLikeAnotherAccount(unknown, 20)).toBe(true);
    expect(looksLikeAnotherAccount(changed.flat(), 30)).toBe(false);
  });
});

describe('isRepairable', () => {
  it('leaves to a person what no sync can settle', () => {
    expect(
      ['missing_here', 'status', 'period', 'cancel', 'customer'].map((kind) =>
        isRepairable({ kind } as never),
      ),
    ).toEqual(Array(5).fill(true));
    expect(['missing_there', 'double'].map((kind) => isRepairable({ kind } as never))).toEqual([
      false,
      false,
    ]);
  });
});
