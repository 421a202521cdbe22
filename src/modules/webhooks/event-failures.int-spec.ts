import { Logger } from '@nestjs/common';
import { useTestDatabase } from '../../../test/support/use-test-database';
import { ServiceUnavailableError } from '../../common/errors/app-error';
import type { WebhooksConfig } from '../../config/app-config';
import { FenceLostError } from '../../engine/lease';
import { EventFailures } from './event-failures';
import { EventAttemptsRepository } from './persistence/event-attempts.repository';
import { InboxWorkRepository, type ClaimedEvent } from './persistence/inbox-work.repository';
import { InboxIntakeRepository } from './persistence/inbox-intake.repository';

interface Row {
  readonly status: string;
  readonly attempts: number;
  readonly outages: number;
  readonly crashes: number;
  readonly generation: number;
  readonly wait_ms: number;
}

const MAX_ATTEMPTS = 3;

describe('failures of events', () => {
  const testDatabase = useTestDatabase();
  let inbox: InboxWorkRepository;
  let failures: EventFailures;
  let customer = 0;

  beforeAll(() => {
    inbox = new InboxWorkRepository(testDatabase.database);
    failures = new EventFailures(inbox, { maxAttempts: MAX_ATTEMPTS } as WebhooksConfig);
  });
  /** One pending event of a new customer. */
  async function arrive(): Promise<string> {
    const customerId = `cus_${++customer}`;
    await new InboxIntakeRepository(testDatabase.database).insert({
      event: {
        id: `evt_${customer}`,
        type: 'invoice.paid',
        apiVersion: null,
        livemode: false,
        createdAt: new Date(),
        customerId,
        objectId: null,
      },
      payload: '{}',
      requestId: 'req_test',
      ignoreReason: undefined,
      hintDelayMs: 0,
    });
    return customerId;
  }

  async function claim(customerId: string, fence: number): Promise<ClaimedEvent[]> {
    const { due } = await inbox.claim(customerId, fence);
    return failures.dropCrashed(due, 'dispatcher');
  }

  /** Waits for the schedule first, by moving it. */
  async function failWith(customerId: string, error: unknown): Promise<void> {
    await testDatabase.database.query(
      `UPDATE webhook_events SET next_attempt_at = now() WHERE subject_id = $1`,
      [customerId],
    );
    await failures.record(await claim(customerId, 1), error, 'dispatcher');
  }

  async function rowOf(customerId: string): Promise<Row> {
    const [row] = await testDatabase.database.query<Row>(
      `SELECT status, attempts, outages, crashes, generation,
              (extract(epoch FROM next_attempt_at - now()) * 1000)::float8 AS wait_ms
       FROM webhook_events WHERE subject_id = $1`,
      [customerId],
    );
    if (row === undefined) throw new Error('no row');
    return row;
  }

  it('waits longer after each handled failure, and is dead after the last', async () => {
    const customerId = await arrive();
    const waits: number[] = [];
    for (let attempt = 1; attempt < MAX_ATTEMPTS; attempt++) {
      await failWith(customerId, new Error('bug'));
      waits.push((await rowOf(customerId)).wait_ms);
    }
    await failWith(customerId, new Error('bug'));

    expect(waits[0]).toBeGreaterThan(300);
    expect(waits[1]).toBeGreaterThan(800);
    expect(await rowOf(customerId)).toMatchObject({
      status: 'dead',
      attempts: MAX_ATTEMPTS,
      generation: MAX_ATTEMPTS,
    });
    expect(await inbox.claim(customerId, 9)).toEqual({ due: [], waiting: [] });
  });

  it.each([
    ['Stripe is down', new ServiceUnavailableError('down')],
    ['the database is down', Object.assign(new Error('x'), { code: '57P01' })],
  ])('uses up no attempt while %s', async (_, error) => {
    const customerId = await arrive();
    for (let count = 0; count < 10; count++) await failWith(customerId, error);

    expect(await rowOf(customerId)).toMatchObject({ status: 'pending', attempts: 0, outages: 10 });
    expect((await rowOf(customerId)).wait_ms).toBeLessThan(31_000);
  });

  it('counts nothing when the lease was lost', async () => {
    const customerId = await arrive();
    await failWith(customerId, new FenceLostError(customerId));

    expect(await rowOf(customerId)).toMatchObject({ status: 'pending', attempts: 0, outages: 0 });
  });

  it('counts a claim that ended without a word as a crash, and gives up after 25', async () => {
    const customerId = await arrive();
    for (let count = 0; count < 25; count++) {
      expect(await claim(customerId, count)).toHaveLength(1);
    }
    expect(await rowOf(customerId)).toMatchObject({ status: 'pending', crashes: 24 });

    expect(await claim(customerId, 26)).toEqual([]);
    expect(await rowOf(customerId)).toMatchObject({ status: 'dead', crashes: 25 });
  });

  it('leaves the row to its new owner when the previous owner fails late', async () => {
    const customerId = await arrive();
    const previous = await claim(customerId, 1);
    const [current] = await claim(customerId, 2);
    for (let count = 0; count < MAX_ATTEMPTS; count++)
      await failures.record(previous, new Error('late'), 'bull');
    await inbox.markProcessed([current?.id ?? 0], 'bull', null);

    expect(await rowOf(customerId)).toMatchObject({ status: 'processed', attempts: 0 });
  });

  it('counts a failure only for events that were due, and lets a success cover those that wait', async () => {
    const customerId = await arrive();
    await failWith(customerId, new Error('bug'));
    const [waiting] = await testDatabase.database.query<{ id: string }>(
      `SELECT id FROM webhook_events WHERE subject_id = $1`,
      [customerId],
    );

    expect(await inbox.claim(customerId, 2)).toEqual({
      due: [],
      waiting: [{ id: Number(waiting?.id), type: 'invoice.paid', objectId: null }],
    });
    expect(await rowOf(customerId)).toMatchObject({ attempts: 1, crashes: 0 });
  });

  it('warns of each failed attempt with event, attempt, reason and next time', async () => {
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    const customerId = await arrive();
    const reason = new Error('bug');
    await failWith(customerId, reason);
    await failWith(customerId, reason);
    const logged = warn.mock.calls.map(([entry]) => entry as Record<string, unknown>);
    warn.mockRestore();

    expect(logged).toEqual(
      [1, 2].map((attempt) =>
        expect.objectContaining({
          err: reason,
          event: `evt_${customer}`,
          attempt,
          max_attempts: MAX_ATTEMPTS,
          next_attempt_at: expect.stringMatching(/^\d{4}-.*Z$/) as string,
        }),
      ),
    );
  });

  it('names a row as hinted before until it is claimed', async () => {
    const customerId = await arrive();
    const take = async () => (await inbox.takeDue(100, 0)).find(({ subjectId }) => subjectId === customerId);
    expect([(await take())?.hints, (await take())?.hints]).toEqual([1, 2]);

    await claim(customerId, 1);

    expect((await take())?.hints).toBe(1);
  });

  it('hands out a due row once, leaves it alone while it is held or leased, and then again', async () => {
    const customerId = await arrive();
    const take = async (holdMs: number) =>
      (await inbox.takeDue(100, holdMs)).filter(({ subjectId }) => subjectId === customerId);
    expect(await take(60_000)).toHaveLength(1);
    expect(await take(60_000)).toHaveLength(0);

    await testDatabase.database.query(
      `UPDATE webhook_events SET next_hint_at = now() WHERE subject_id = $1`,
      [customerId],
    );
    await testDatabase.database.query(
      `INSERT INTO subjects (id, leased_until) VALUES ($1, now() + interval '1 minute')`,
      [customerId],
    );
    expect(await take(0)).toHaveLength(0);

    await testDatabase.database.query(`UPDATE subjects SET leased_until = now() WHERE id = $1`, [customerId]);
    expect(await take(0)).toHaveLength(1);
  });

  it('never hands the same row to two dispatchers', async () => {
    await Promise.all(Array.from({ length: 40 }, arrive));
    const taken = await Promise.all(Array.from({ length: 4 }, () => inbox.takeDue(100, 60_000)));
    const ids = taken.flat().map(({ id }) => id);

    expect(new Set(ids).size).toBe(ids.length);
  });

  it('records each failed attempt with its reason and its next attempt, and nothing for a late loser', async () => {
    const customerId = await arrive();
    await failWith(customerId, new Error('broken one'));
    await failWith(customerId, new ServiceUnavailableError('down'));
    await failWith(customerId, new Error('broken two'));
    await failWith(customerId, new Error('broken three'));
    const [event] = await testDatabase.database.query<{ id: string }>(
      'SELECT id FROM webhook_events WHERE subject_id = $1',
      [customerId],
    );
    const id = Number(event?.id);
    // Nothing claims the row any more, so this failure belongs to nobody.
    await inbox.recordFailure({
      event: { id, fence: 99 },
      by: 'bull',
      error: 'late',
      countsAs: 'attempt',
      retryInMs: 1,
    });

    const attempts = await new EventAttemptsRepository(testDatabase.database).list(id);

    expect(attempts.map(({ countsAs, error }) => `${countsAs} ${error.split(': ')[1]}`)).toEqual([
      'attempt broken three',
      'attempt broken two',
      'outage down',
      'attempt broken one',
    ]);
    expect(attempts.map(({ nextAttemptAt }) => nextAttemptAt === null)).toEqual([true, false, false, false]);
  });
});
