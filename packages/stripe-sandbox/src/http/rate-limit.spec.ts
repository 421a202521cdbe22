import { RateLimit } from './rate-limit';

describe('RateLimit', () => {
  it('counts reads and writes apart, in each second newPeriodFields', () => {
    const limit = new RateLimit(2);
    const admitted = (method: string, now: number) => limit.admits(method, now);
    expect([admitted('GET', 0), admitted('GET', 10), admitted('GET', 999)]).toEqual([true, true, false]);
    expect(admitted('POST', 999)).toBe(true);
    expect(admitted('GET', 1000)).toBe(true);
  });

  it('is off without a number', () => {
    const limit = new RateLimit(Infinity);
    expect(Array.from({ length: 1000 }, () => limit.admits('GET', 0)).every(Boolean)).toBe(true);
  });
});
