import { backoffMs, outageBackoffMs } from './backoff';

describe('backoffMs', () => {
  it('doubles from one second to ten minutes', () => {
    expect([0, 1, 2, 3, 9, 10, 50].map((failures) => backoffMs(failures, 1))).toEqual([
      1000, 2000, 4000, 8000, 512_000, 600_000, 600_000,
    ]);
  });

  it('spreads each delay over its upper half', () => {
    expect(backoffMs(2, 0)).toBe(2000);
    expect(backoffMs(2, 0.5)).toBe(3000);
  });
});

describe('outageBackoffMs', () => {
  it('never waits longer than half a minute', () => {
    expect(outageBackoffMs(30, 1)).toBe(30_000);
    expect(outageBackoffMs(0, 0)).toBe(500);
  });
});
