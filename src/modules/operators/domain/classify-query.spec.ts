import { classifyQuery } from './classify-query';

describe('classifyQuery', () => {
  it.each<readonly [string, string]>([
    ['3f2b8c1e-0a4d-4f7b-9c33-5a1d2e3f4a5b', 'user_id'],
    ['cus_Ab12', 'customer'],
    ['evt_1Ab', 'event'],
    ...['sub_1', 'cs_test_a1', 'in_1', 'pi_1', 'py_1', 'ch_1', 'dp_1', 'du_1', 're_1', 'pyr_1'].map(
      (id) => [id, 'stripe_id'] as const,
    ),
    ['4242', 'last_four'],
    ['42424', 'text'],
    ['ada@example.com', 'text'],
    ['Ada Lovelace', 'text'],
    ['sub_ and more', 'text'],
    ['price_1', 'text'],
  ])('reads %s as %s', (query, kind) => {
    expect(classifyQuery(query)).toBe(kind);
  });
});
