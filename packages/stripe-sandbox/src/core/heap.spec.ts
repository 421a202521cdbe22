import fc from 'fast-check';
import { Heap } from './heap';

describe('Heap', () => {
  it('returns all items in order, however it was filled', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), (values) => {
        const heap = new Heap<number>((a, b) => a < b);
        for (const value of values) heap.push(value);
        const popped = values.map(() => heap.pop());
        expect(popped).toEqual([...values].sort((a, b) => a - b));
        expect(heap.pop()).toBeUndefined();
        expect(heap.least).toBeUndefined();
      }),
    );
  });
});
