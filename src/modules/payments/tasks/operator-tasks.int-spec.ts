import { randomUUID } from 'node:crypto';
import { useTestDatabase } from '../../../../test/support/use-test-database';
import { OPERATOR_TASK_KINDS, type NewOperatorTask } from './domain/operator-task';
import { OperatorTaskNotFoundError } from './operator-tasks.errors';
import { OperatorTasksService } from './operator-tasks.service';
import { OperatorTasksRepository } from './persistence/operator-tasks.repository';

describe('operator tasks', () => {
  const testDatabase = useTestDatabase();
  let tasks: OperatorTasksService;
  const operator = randomUUID();

  beforeAll(() => {
    tasks = new OperatorTasksService(new OperatorTasksRepository(testDatabase.database));
  });
  beforeEach(() => testDatabase.database.query('DELETE FROM operator_tasks'));

  const task = (changes: Partial<NewOperatorTask> = {}): NewOperatorTask => ({
    kind: 'unmatched_payment',
    fact: 'in_1',
    customerId: 'cus_1',
    details: { amount_minor: 999, currency: 'usd' },
    ...changes,
  });

  it('opens one task per fact, however often and however parallel the fact is reported', async () => {
    const opened = await Promise.all(Array.from({ length: 8 }, () => tasks.open(task())));

    expect(opened.filter(Boolean)).toHaveLength(1);
    expect(await tasks.listOpen({ limit: 10 })).toMatchObject([
      { kind: 'unmatched_payment', fact: 'in_1', customerId: 'cus_1', userId: null, resolvedAt: null },
    ]);
  });

  it('keeps facts of different kinds apart', async () => {
    for (const kind of OPERATOR_TASK_KINDS) await tasks.open(task({ kind, fact: 'same' }));

    expect(await tasks.countOpen()).toHaveLength(OPERATOR_TASK_KINDS.length);
    expect(await tasks.listOpen({ kind: 'foreign_schedule', limit: 10 })).toHaveLength(1);
  });

  it('stays resolved when an operator resolved it, although the fact is reported again', async () => {
    await tasks.open(task());
    const [open] = await tasks.listOpen({ limit: 1 });
    const first = await tasks.resolve(open?.id ?? '', operator, 'refunded');
    const second = await tasks.resolve(open?.id ?? '', randomUUID(), 'again');

    expect(first).toMatchObject({ changed: true, task: { resolvedBy: operator, resolution: 'refunded' } });
    expect(second).toMatchObject({ changed: false, task: { resolvedBy: operator, resolution: 'refunded' } });
    expect(await tasks.open(task())).toBe(false);
    expect(await tasks.listOpen({ limit: 1 })).toEqual([]);
  });

  it('opens again when the fact went away by itself and returns', async () => {
    await tasks.open(task());
    await tasks.settle('unmatched_payment', 'in_1', 'gone');
    expect(await tasks.listOpen({ limit: 1 })).toEqual([]);

    expect(await tasks.open(task({ details: { amount_minor: 1 } }))).toBe(true);
    expect(await tasks.listOpen({ limit: 1 })).toMatchObject([{ details: { amount_minor: 1 } }]);
  });

  it('opens nothing when the transaction that found the fact fails', async () => {
    const failing = testDatabase.database.transaction(async () => {
      await tasks.open(task());
      throw new Error('the sync failed');
    });

    await expect(failing).rejects.toThrow('the sync failed');
    expect(await tasks.listOpen({ limit: 1 })).toEqual([]);
  });

  it('lists a user’s tasks page by page, oldest first', async () => {
    const userId = randomUUID();
    for (const fact of ['a', 'b', 'c']) await tasks.open(task({ fact, userId }));
    await tasks.open(task({ fact: 'other' }));
    const [first, second] = await tasks.listOpen({ userId, limit: 2 });
    const rest = await tasks.listOpen({ userId, afterId: second?.id, limit: 2 });

    expect([first, second, ...rest].map((row) => row?.fact)).toEqual(['a', 'b', 'c']);
  });

  it('says that there is no such task', async () => {
    await expect(tasks.resolve(randomUUID(), operator, 'x')).rejects.toThrow(OperatorTaskNotFoundError);
  });
});
