import { setTimeout as sleep } from 'node:timers/promises';
import { useTestDatabase } from '../../test/support/use-test-database';
import { LeaseService } from './lease.service';
import { CustomerBusyError } from './engine.errors';
import { FenceLostError, type Lease } from './lease';
import { SubjectsRepository } from './persistence/subjects.repository';

describe('leases and sync requests', () => {
  const testDatabase = useTestDatabase();
  let subjects: SubjectsRepository;
  let leases: LeaseService;

  beforeAll(() => {
    subjects = new SubjectsRepository(testDatabase.database);
    leases = new LeaseService(subjects);
  });
  it('runs one of many at a time and raises the fence each time', async () => {
    let inside = 0;
    const fences: number[] = [];
    await Promise.all(
      Array.from({ length: 10 }, () =>
        leases.run('cus_many', 10_000, async ({ fence }) => {
          inside += 1;
          expect(inside).toBe(1);
          await sleep(5);
          fences.push(fence);
          inside -= 1;
        }),
      ),
    );

    expect(fences).toEqual(Array.from({ length: 10 }, (_, n) => n + 1));
  });

  it('answers busy at once, or after the requested wait', async () => {
    await leases.run('cus_busy', 0, async () => {
      expect(await leases.tryRun('cus_busy', () => Promise.resolve())).toBe('busy');
      await expect(leases.run('cus_busy', 60, () => Promise.resolve())).rejects.toThrow(CustomerBusyError);
    });

    expect(await leases.tryRun('cus_busy', () => Promise.resolve('mine'))).toBe('mine');
  });

  it('answers busy, not with an internal error, when a waiting request loses its lease to another process', async () => {
    const lose = async ({ subjectId }: Lease): Promise<void> => {
      await testDatabase.database.query(`UPDATE subjects SET leased_until = now() WHERE id = $1`, [
        subjectId,
      ]);
      await subjects.acquire(subjectId, 'another process', 5000);
    };
    const overtaken = leases.run('cus_overtaken', 0, async (lease) => {
      await lose(lease);
      await testDatabase.database.transaction(() => subjects.assertFence(lease));
    });

    await expect(overtaken).rejects.toThrow(CustomerBusyError);
  });

  it('releases the lease when the work throws', async () => {
    await expect(leases.run('cus_throw', 0, () => Promise.reject(new Error('boom')))).rejects.toThrow('boom');

    expect(await leases.tryRun('cus_throw', () => Promise.resolve('free'))).toBe('free');
  });

  it('rejects a write under a lost lease, and rolls everything back', async () => {
    const previous = (await subjects.acquire('cus_lost', 'previous', 1)) as Lease;
    await sleep(20);
    const next = (await subjects.acquire('cus_lost', 'next', 5000)) as Lease;

    const write = testDatabase.database.transaction(async () => {
      await testDatabase.database.query(
        `UPDATE subjects SET lease_owner = 'written by the previous owner' WHERE id = 'cus_lost'`,
      );
      await subjects.assertFence(previous);
    });

    await expect(write).rejects.toThrow(FenceLostError);
    expect(next.fence).toBe(previous.fence + 1);
    expect(
      await testDatabase.database.query(`SELECT lease_owner FROM subjects WHERE id = 'cus_lost'`),
    ).toEqual([{ lease_owner: 'next' }]);
    await testDatabase.database.transaction(() => subjects.assertFence(next));
  });

  it('does not let the previous owner release or renew a lease', async () => {
    const previous = (await subjects.acquire('cus_release', 'previous', 1)) as Lease;
    await sleep(20);
    await subjects.acquire('cus_release', 'next', 5000);
    await subjects.release(previous);
    await subjects.renew(previous, 1);

    expect(await subjects.acquire('cus_release', 'third', 5000)).toBeUndefined();
  });

  it('leaves the subject free when a renewal arrives after the release', async () => {
    const lease = (await subjects.acquire('cus_late', 'a', 5000)) as Lease;
    await subjects.release(lease);
    await subjects.renew(lease, 5000);

    expect(await subjects.acquire('cus_late', 'b', 5000)).toBeDefined();
  });

  it('waits longer after each failed sync', async () => {
    await subjects.requestSync('cus_failing', 0);
    const waits: number[] = [];
    for (let failure = 0; failure < 4; failure++) {
      await subjects.postponeSync('cus_failing');
      const row = await testDatabase.database.queryOne<{ wait: number }>(
        `SELECT extract(epoch FROM next_sync_at - now())::float8 AS wait FROM subjects WHERE id = 'cus_failing'`,
      );
      waits.push(row?.wait ?? 0);
    }

    expect(waits[3]).toBeGreaterThan(3.5);
    expect(waits[0]).toBeLessThanOrEqual(1);
  });

  it('runs one sync for many requests, and one more for a request during a sync', async () => {
    const due = async () =>
      (await subjects.takeDueSyncs(10, 0)).filter(({ subjectId }) => subjectId === 'cus_sync');
    await Promise.all([1, 2, 3].map(() => subjects.requestSync('cus_sync', 0)));
    expect(await due()).toMatchObject([{ subjectId: 'cus_sync', requested: 1 }]);

    const lease = (await subjects.acquire('cus_sync', 'me', 5000)) as Lease;
    await subjects.markSynced(lease);
    await subjects.requestSync('cus_sync', 0);
    await subjects.release(lease);
    expect(await due()).toMatchObject([{ subjectId: 'cus_sync', requested: 2 }]);

    const next = (await subjects.acquire('cus_sync', 'me', 5000)) as Lease;
    await subjects.markSynced(next);
    await subjects.release(next);
    expect(await due()).toEqual([]);
  });

  it('requests no sync soon after the last one', async () => {
    const lease = (await subjects.acquire('cus_young', 'me', 5000)) as Lease;
    await subjects.markSynced(lease);
    await subjects.release(lease);
    await subjects.requestSync('cus_young', 60_000);

    expect((await subjects.takeDueSyncs(10, 0)).map(({ subjectId }) => subjectId)).not.toContain('cus_young');
  });
});
