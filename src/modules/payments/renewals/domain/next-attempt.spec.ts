import { isAttemptDue, needsOperator, pauseBeforeAttempt } from './next-attempt';

const failed = (count: number, agoMs = 0) => ({ count, agoMs });
const SECOND = 1000;

describe('attempts to change a renewal', () => {
  it('begin at once, a moment after the sync that found it', () => {
    expect(isAttemptDue(failed(0))).toBe(true);
    expect(pauseBeforeAttempt(failed(0), 0.9)).toBe(SECOND);
  });

  it('wait twice as long after each failure, and ten minutes at most', () => {
    const pauses = [1, 2, 3, 4, 5, 12, 1000].map((count) => pauseBeforeAttempt(failed(count), 1) / SECOND);

    expect(pauses).toEqual([1, 2, 4, 8, 16, 600, 600]);
  });

  it('are due when the pause is over, counted from the last failure', () => {
    expect(isAttemptDue(failed(4, 3.9 * SECOND))).toBe(false);
    expect(isAttemptDue(failed(4, 4 * SECOND))).toBe(true);
    expect(pauseBeforeAttempt(failed(4, 3 * SECOND), 1)).toBe(5 * SECOND);
    expect(pauseBeforeAttempt(failed(4, 60 * SECOND), 1)).toBe(SECOND);
  });

  it('are due whenever the pause that was drawn has passed', () => {
    for (const random of [0, 0.5, 0.999]) {
      const pause = pauseBeforeAttempt(failed(5), random);

      expect(isAttemptDue(failed(5, pause))).toBe(true);
    }
  });

  it('need an operator from the fifth failure', () => {
    expect([0, 1, 4, 5, 50].map((count) => needsOperator(failed(count)))).toEqual([
      false,
      false,
      false,
      true,
      true,
    ]);
  });
});
