import { matchesETag } from './if-none-match';

describe('matchesETag', () => {
  it.each([
    ['"abc"', true],
    ['W/"abc"', true],
    ['"x", "abc"', true],
    ['"x",W/"abc"', true],
    ['*', true],
    [' * ', true],
    ['"ab"', false],
    ['abc', false],
    ['', false],
    [undefined, false],
  ])('compares %p with "abc": %p', (header, matches) => {
    expect(matchesETag(header, '"abc"')).toBe(matches);
  });
});
