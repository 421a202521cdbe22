import { Collection } from './store';

describe('Collection', () => {
  const filled = () => {
    const collection = new Collection<{ id: string; kind: string }>(['kind']);
    for (let i = 0; i < 5; i++) collection.put({ id: `r${i}`, kind: i % 2 ? 'odd' : 'even' });
    return collection;
  };

  it('forgets the oldest records, in its indexes too', () => {
    const collection = filled();
    collection.prune(0, ({ id }) => id < 'r3');
    expect(collection.all().map(({ id }) => id)).toEqual(['r3', 'r4']);
    expect(collection.where('kind', 'even').map(({ id }) => id)).toEqual(['r4']);
    expect(collection.find('r0')).toBeUndefined();
  });

  it('stops at the first that is not old, and keeps the newest in any case', () => {
    const collection = filled();
    collection.prune(0, ({ kind }) => kind === 'even');
    expect(collection.size).toBe(4);
    collection.prune(3, () => true);
    expect(collection.all().map(({ id }) => id)).toEqual(['r2', 'r3', 'r4']);
  });
});
