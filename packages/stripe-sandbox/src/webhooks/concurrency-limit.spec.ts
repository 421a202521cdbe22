import { ConcurrencyLimit } from './concurrency-limit';

describe('the gate', () => {
  it('never runs more than its limit and admits in order', async () => {
    const gate = new ConcurrencyLimit(2);
    const started: number[] = [];
    const finish: Array<() => void> = [];
    for (const n of [1, 2, 3, 4]) {
      gate.enter(() => {
        started.push(n);
        return new Promise((resolve) => finish.push(resolve));
      });
    }
    expect(started).toEqual([1, 2]);
    finish[0]?.();
    await new Promise((resolve) => setImmediate(resolve));
    expect(started).toEqual([1, 2, 3]);
  });
});
