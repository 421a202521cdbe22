import fc from 'fast-check';
import { editDistance, trigramSimilarity } from './glossary-similarity';

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });

describe('trigramSimilarity', () => {
  // The values that SELECT similarity(a, b) gives.
  it.each([
    ['prompt', 'prompt', 1],
    ['Prompt', 'pROMPT', 1],
    ['promt', 'prompt', 4 / 9],
    ['prompt injection', 'injection prompt', 1],
    ['abc', 'xyz', 0],
    ['', 'prompt', 0],
  ])('compares %j and %j as %d', (a, b, expected) => {
    expect(trigramSimilarity(a, b)).toBeCloseTo(expected, 6);
  });
});

describe('editDistance', () => {
  it.each([
    ['', '', 0],
    ['', 'abc', 3],
    ['prompt', 'prompt', 0],
    ['promt', 'prompt', 1],
    ['propmt', 'prompt', 1],
    ['kitten', 'sitting', 3],
    ['enginering', 'engineering', 1],
  ])('counts from %j to %j %d', (a, b, expected) => {
    expect(editDistance(a, b)).toBe(expected);
  });

  it('is symmetric, zero only for equal words, and never more than the longer word', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        const distance = editDistance(a, b);
        expect(distance).toBe(editDistance(b, a));
        expect(distance === 0).toBe(a === b);
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });
});
