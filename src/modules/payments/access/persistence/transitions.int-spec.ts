import { useTestDatabase } from '../../../../../test/support/use-test-database';
import { NO_ACCESS } from '../domain/derive-access';
import { TransitionsRepository } from './transitions.repository';

describe('the transition log', () => {
  const testDatabase = useTestDatabase();
  let transitions: TransitionsRepository;
  let userId: string;

  beforeAll(async () => {
    transitions = new TransitionsRepository(testDatabase.database);
    const user = await testDatabase.database.queryOne<{ id: string }>(
      `INSERT INTO users (email, full_name) VALUES ('log@example.test', 'Log') RETURNING id`,
    );
    userId = user?.id ?? '';
    const cause = { kind: 'webhook', id: 'evt_1' } as const;
    const to = { ...NO_ACCESS, state: 'active', reason: 'paid', granted: true } as const;
    await transitions.append({ userId, from: 'none', to, cause, businessTime: new Date() });
    await transitions.append({ userId, from: 'active', to: NO_ACCESS, cause, businessTime: new Date() });
  });
  it('remembers the last state, and none for a newcomer', async () => {
    expect(await transitions.findLast(userId)).toEqual({
      state: 'none',
      reason: 'no_subscription',
      granted: false,
    });
    expect(await transitions.findLast('00000000-0000-4000-8000-000000000000')).toBeUndefined();
  });

  it.each([`UPDATE entitlement_transitions SET granted = true`, `DELETE FROM entitlement_transitions`])(
    'refuses %s: the log is append-only, in the database too',
    async (statement) => {
      await expect(testDatabase.database.query(statement)).rejects.toThrow('append-only');
    },
  );
});
