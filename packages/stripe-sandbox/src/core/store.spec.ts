import { Collection } from './store';

describe('Collection', () => {
  const filled = () => {
    const collection = new Collection<{ id: string; kind: string }>(['kind']);
    for (let i = 0; i < 5; i++) collection.put({ id: `r${i}`, kind: i % 2 ? 'odd' : 'even' });
    return collection;
  };

  it('removes the oldest records, from its indexes too', () => {
    const collection = filled();
    collection.prune(0, ({ id }) => id < 'r3');
    expect(collection.all().map(({ id }) => id)).toEqual(['r3', 'r4']);
    expect(collection.where('kind', 'even').map(({ id }) => id)).toEqual(['r4']);
    expect(collection.find('r0')).toBeUndefined();
  });

  it('lists newest first, by indexed values, without losing its order to new versions and removals', () => {
    const collection = filled();
    collection.patch('r1', { kind: 'even' });
    collection.remove('r4');
    const ids = (wanted: { kind?: string }) => [...collection.newestFirst(wanted)].map(({ id }) => id).join();
    expect(ids({})).toBe('r3,r2,r1,r0');
    expect(ids({ kind: 'odd' })).toBe('r3');
    expect(collection.newestFirst().first(2)).toHaveLength(2);
    for (const id of ['r0', 'r1', 'r2', 'r3']) collection.remove(id);
    expect(ids({})).toBe('');
    collection.put({ id: 'r9', kind: 'odd' });
    expect(collection.newestFirst({ kind: 'odd' }).find(() => true)?.id).toBe('r9');
  });

  it('iterates from the oldest record while records are removed', () => {
    const collection = filled();
    for (const { id } of collection.oldestUntil((record) => record.id === 'r3')) collection.remove(id);
    expect(collection.all().map(({ id }) => id)).toEqual(['r3', 'r4']);
  });

  it('stops at the first recent record and always keeps the newest', () => {
    const collection = filled();
    collection.prune(0, ({ kind }) => kind === 'even');
    expect(collection.size).toBe(4);
    collection.prune(3, () => true);
    expect(collection.all().map(({ id }) => id)).toEqual(['r2', 'r3', 'r4']);
  });
});
