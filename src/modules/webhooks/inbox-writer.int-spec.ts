import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { useTestDatabase } from '../../../test/support/use-test-database';
import { InboxWriter } from './inbox-writer';
import { InboxIntakeRepository, type EventToStore } from './persistence/inbox-intake.repository';

/** PostgreSQL text cannot hold it, so the row is refused. */
const REFUSED = '\u0000';

const anEvent = (id: string, overrides: Partial<EventToStore> = {}): EventToStore => ({
  event: {
    id,
    type: 'invoice.paid',
    apiVersion: null,
    livemode: false,
    createdAt: new Date(),
    customerId: 'cus_1',
    objectId: null,
  },
  payload: `{"id":"${id}"}`,
  requestId: 'req_test',
  ignoreReason: undefined,
  hintDelayMs: 1000,
  ...overrides,
});

describe('InboxWriter', () => {
  const testDatabase = useTestDatabase();
  let repository: InboxIntakeRepository;
  let writer: InboxWriter;

  beforeEach(() => {
    repository = new InboxIntakeRepository(testDatabase.database);
    writer = new InboxWriter(repository);
  });

  const storeAll = (events: readonly EventToStore[]) =>
    Promise.allSettled(events.map((event) => writer.store(event)));

  const listStored = async (prefix: string) =>
    (
      await testDatabase.database.query<{ event_id: string }>(
        `SELECT event_id FROM webhook_events WHERE starts_with(event_id, $1) ORDER BY event_id`,
        [prefix],
      )
    ).map((row) => row.event_id);

  it('commits events that arrive during a commit together', async () => {
    const insertAll = jest.spyOn(repository, 'insertAll');

    await storeAll(Array.from({ length: 40 }, (_, n) => anEvent(`evt_together_${n}`)));

    expect(insertAll.mock.calls.map(([events]) => events.length)).toEqual([1, 1, 38]);
    expect(await listStored('evt_together_')).toHaveLength(40);
  });

  it('gives each event its own row', async () => {
    const ids = Array.from({ length: 20 }, (_, n) => `evt_own_${n}`);

    const stored = await Promise.all(ids.map((id) => writer.store(anEvent(id))));

    for (const [index, { id, inserted }] of stored.entries()) {
      const [row] = await testDatabase.database.query<{ event_id: string; payload: string }>(
        'SELECT event_id, payload FROM webhook_events WHERE id = $1',
        [id],
      );
      expect(row).toEqual({ event_id: ids[index], payload: `{"id":"${ids[index]}"}` });
      expect(inserted).toBe(true);
    }
  });

  it('stores an event once that arrives several times in one group, and says so', async () => {
    await storeAll([anEvent('evt_first'), anEvent('evt_second')]);

    const stored = await Promise.all(
      ['evt_a', 'evt_b', 'evt_twice', 'evt_twice', 'evt_first'].map((id) => writer.store(anEvent(id))),
    );

    expect(stored.map(({ inserted }) => inserted)).toEqual([true, true, true, false, false]);
    expect(stored[2]?.id).toBe(stored[3]?.id);
    expect(await listStored('evt_twice')).toEqual(['evt_twice']);
  });

  it('rejects every event of a group when the database is unavailable', async () => {
    const outage = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    jest.spyOn(repository, 'insertAll').mockRejectedValue(outage);

    const results = await storeAll([anEvent('evt_x'), anEvent('evt_y'), anEvent('evt_z'), anEvent('evt_w')]);

    expect(results).toEqual(results.map(() => ({ status: 'rejected', reason: outage })));
  });

  it('stores exactly the events that PostgreSQL accepts, each once, in any mixture', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ n: fc.nat(25), isRefused: fc.boolean() }), { minLength: 1, maxLength: 50 }),
        async (arrivals) => {
          const run = `evt_${randomUUID()}_`;
          const refused = new Set(arrivals.filter(({ isRefused }) => isRefused).map(({ n }) => n));
          const results = await storeAll(
            arrivals.map(({ n }) => {
              const id = `${run}${String(n).padStart(2, '0')}`;
              return anEvent(id, refused.has(n) ? { payload: REFUSED } : {});
            }),
          );

          const accepted = [...new Set(arrivals.map(({ n }) => n))].filter((n) => !refused.has(n));
          expect(await listStored(run)).toEqual(
            accepted.sort((a, b) => a - b).map((n) => `${run}${String(n).padStart(2, '0')}`),
          );
          expect(results.map(({ status }) => status)).toEqual(
            arrivals.map(({ n }) => (refused.has(n) ? 'rejected' : 'fulfilled')),
          );
        },
      ),
      { numRuns: 25 },
    );
  });
});
