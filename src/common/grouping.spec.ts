import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { ServiceUnavailableError } from './errors/app-error';
import { Grouping, type GroupingLimits } from './grouping';

const LIMITS = { lanes: 1, maxItems: 10, maxWaiting: 1000, maxWaitMs: 60_000 };
const fulfilled = (value: number) => ({ status: 'fulfilled', value }) as const;

/** Groups whose runs end when the test says so. */
function held(limits: Partial<GroupingLimits<number>> = {}) {
  const groups: number[][] = [];
  const ends: (() => void)[] = [];
  const grouping = new Grouping<number, number>(
    async (items) => {
      groups.push([...items]);
      await new Promise<void>((resolve) => ends.push(resolve));
      return items.map(fulfilled);
    },
    { ...LIMITS, ...limits },
  );
  const end = async () => {
    ends.shift()?.();
    await new Promise(setImmediate);
  };
  return { grouping, groups, end };
}

describe('Grouping', () => {
  it('runs a single item at once', () => {
    const { grouping, groups } = held();

    void grouping.add(1);

    expect(groups).toEqual([[1]]);
  });

  it('runs what arrives during a group as the next group', async () => {
    const { grouping, groups, end } = held();
    for (const item of [1, 2, 3]) void grouping.add(item);

    await end();

    expect(groups).toEqual([[1], [2, 3]]);
  });

  it('runs as many groups at a time as there are lanes', () => {
    const { grouping, groups } = held({ lanes: 2 });

    for (const item of [1, 2, 3]) void grouping.add(item);

    expect(groups).toEqual([[1], [2]]);
  });

  it('limits a group by the sizes of its items, but never leaves one behind for being too large', async () => {
    const { grouping, groups, end } = held({ maxSize: 10, sizeOf: (item) => item });
    for (const item of [1, 99, 6, 6, 6]) void grouping.add(item);

    for (let n = 0; n < 3; n++) await end();

    expect(groups).toEqual([[1], [99], [6, 6], [6]]);
  });

  it('rejects an item at once when too many wait', async () => {
    const { grouping } = held({ maxWaiting: 1 });
    void grouping.add(1);
    void grouping.add(2);

    await expect(grouping.add(3)).rejects.toThrow(ServiceUnavailableError);
  });

  it('rejects an item that has waited too long, and runs the others', async () => {
    const { grouping, groups, end } = held({ maxWaitMs: 30 });
    void grouping.add(1);
    const late = expect(grouping.add(2)).rejects.toThrow(ServiceUnavailableError);
    await sleep(60);
    const next = grouping.add(3);

    await end();
    await late;
    await end();

    await expect(next).resolves.toBe(3);
    expect(groups).toEqual([[1], [3]]);
  });

  it('rejects exactly the items whose result is a rejection', async () => {
    const failure = new Error('2 is refused');
    const grouping = new Grouping<number, number>(
      (items) =>
        Promise.resolve(
          items.map((item) => (item === 2 ? { status: 'rejected', reason: failure } : fulfilled(item))),
        ),
      LIMITS,
    );

    await expect(Promise.allSettled([1, 2, 3].map((item) => grouping.add(item)))).resolves.toEqual([
      fulfilled(1),
      { status: 'rejected', reason: failure },
      fulfilled(3),
    ]);
  });

  it('rejects every item of a group that throws, and goes on', async () => {
    let runs = 0;
    const grouping = new Grouping<number, number>((items) => {
      runs += 1;
      return runs === 1 ? Promise.reject(new Error('broken')) : Promise.resolve(items.map(fulfilled));
    }, LIMITS);

    await expect(grouping.add(1)).rejects.toThrow('broken');
    await expect(grouping.add(2)).resolves.toBe(2);
  });

  it('gives every item its own result under all limits and orders of arrival', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(1000), fc.boolean()), { maxLength: 60 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 7 }),
        async (arrivals, lanes, maxItems) => {
          const seen: number[] = [];
          const grouping = new Grouping<number, number>(
            async (items) => {
              seen.push(...items);
              await new Promise(setImmediate);
              return items.map((item) => fulfilled(item * 2));
            },
            { ...LIMITS, lanes, maxItems },
          );
          const results: Promise<number>[] = [];
          for (const [item, pauses] of arrivals) {
            results.push(grouping.add(item));
            if (pauses) await new Promise(setImmediate);
          }
          expect(await Promise.all(results)).toEqual(arrivals.map(([item]) => item * 2));
          expect(seen).toHaveLength(arrivals.length);
        },
      ),
      { numRuns: 50 },
    );
  });
});
