import fc from 'fast-check';
import {
  areAnswersShown,
  cooldownMsAfter,
  isExplained,
  deriveAttemptState,
  type PastAttempt,
} from './attempts';

const START = new Date('2026-11-24T12:00:00Z');
const minutes = (count: number) => new Date(START.getTime() + count * 60_000);

/** Attempts at START with these scores; 70 passes. */
const attempts = (...scores: number[]): PastAttempt[] =>
  scores.map((scorePercent, index) => ({
    number: index + 1,
    scorePercent,
    isPassed: scorePercent >= 70,
    submittedAt: START,
  }));

describe('deriveAttemptState', () => {
  it('starts with the first attempt, at once', () => {
    expect(deriveAttemptState([], START)).toEqual({
      nextNumber: 1,
      cooldownUntil: undefined,
      lastScorePercent: undefined,
      bestScorePercent: undefined,
      hasPassed: false,
    });
  });

  it.each([
    [[10], 2],
    [[10, 20], 4],
    [[10, 20, 30], 8],
    [[10, 20, 30, 40], 16],
    [[10, 20, 30, 40, 50], 30],
    [Array.from({ length: 2000 }, () => 0), 30],
    [[80, 10], 2],
    [[10, 20, 80, 10], 2],
    [[80, 10, 90, 10, 10], 4],
  ])('after %j requires a pause of %d minutes', (scores, pause) => {
    const { cooldownUntil, nextNumber } = deriveAttemptState(attempts(...scores), START);

    expect(cooldownUntil).toEqual(minutes(pause));
    expect(nextNumber).toBe(scores.length + 1);
  });

  it('allows the next attempt exactly at the end of the pause', () => {
    const at = (now: Date) => deriveAttemptState(attempts(10), now).cooldownUntil;

    expect(at(new Date(minutes(2).getTime() - 1))).toEqual(minutes(2));
    expect(at(minutes(2))).toBeUndefined();
  });

  it('asks for no pause after a passed attempt', () => {
    expect(deriveAttemptState(attempts(10, 70), START)).toEqual({
      nextNumber: 3,
      cooldownUntil: undefined,
      lastScorePercent: 70,
      bestScorePercent: 70,
      hasPassed: true,
    });
  });

  it('keeps the best score and the passed state', () => {
    expect(deriveAttemptState(attempts(90, 20), START)).toMatchObject({
      lastScorePercent: 20,
      bestScorePercent: 90,
      hasPassed: true,
    });
  });

  it('does not depend on the order of the attempts', () => {
    const shuffled = fc
      .array(fc.integer({ min: 0, max: 100 }), { maxLength: 8 })
      .chain((scores) =>
        fc.tuple(fc.constant(scores), fc.shuffledSubarray(attempts(...scores), { minLength: scores.length })),
      );
    fc.assert(
      fc.property(shuffled, ([scores, mixed]) => {
        expect(deriveAttemptState(mixed, START)).toEqual(deriveAttemptState(attempts(...scores), START));
      }),
    );
  });
});

describe('cooldownMsAfter', () => {
  it('never gets shorter and is at most half an hour', () => {
    fc.assert(
      fc.property(fc.nat(5000), (failures) => {
        expect(cooldownMsAfter(failures + 1)).toBeGreaterThanOrEqual(cooldownMsAfter(failures));
        expect(cooldownMsAfter(failures)).toBeLessThanOrEqual(30 * 60_000);
      }),
    );
  });
});

describe('isExplained', () => {
  it.each([
    [1, false, true],
    [0.99, false, false],
    [0, false, false],
    [0, true, true],
  ])('decides for the credit %d, answers shown %p: %p', (credit, shown, expected) => {
    expect(isExplained({ credit, areAnswersShown: shown })).toBe(expected);
  });
});

describe('areAnswersShown', () => {
  it.each([
    [1, false, false],
    [2, false, false],
    [3, false, true],
    [4, false, true],
    [1, true, true],
  ])('decides for attempt %d, passed %p: %p', (number, hasPassed, expected) => {
    expect(areAnswersShown({ number, hasPassed })).toBe(expected);
  });
});
