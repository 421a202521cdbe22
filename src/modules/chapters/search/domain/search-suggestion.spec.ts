import { deriveSuggestion, type UnknownWord } from './search-suggestion';

const anUnknown = (
  word: string,
  candidates: Record<string, number>,
  overrides: Partial<UnknownWord> = {},
): UnknownWord => ({
  word,
  isFound: false,
  candidates: Object.entries(candidates).map(([candidate, occurrences]) => ({
    word: candidate,
    occurrences,
  })),
  ...overrides,
});

describe('deriveSuggestion', () => {
  it('replaces the misspelled word and keeps the rest unchanged', () => {
    const unknown = [anUnknown('promt', { promote: 90, prompt: 5 })];

    expect(deriveSuggestion('"My Promt" -injection', unknown)).toBe('"My prompt" -injection');
  });

  it('corrects a word with a known stem only together with an unknown word', () => {
    const known = anUnknown('enginering', { engineering: 3 }, { isFound: true });

    expect(deriveSuggestion('promt enginering', [anUnknown('promt', { prompt: 5 }), known])).toBe(
      'prompt engineering',
    );
    expect(deriveSuggestion('enginering', [known])).toBeUndefined();
  });

  it('prefers the more frequent of two equally similar words', () => {
    expect(deriveSuggestion('tokem', [anUnknown('tokem', { totem: 1, token: 60 })])).toBe('token');
  });

  it.each([
    ['no word is unknown', []],
    ['nothing looks like the word', [anUnknown('xyz', {})]],
    ['what looks like it is too far away', [anUnknown('xyz', { xylophone: 3 })]],
  ])('suggests nothing when %s', (_, unknown) => {
    expect(deriveSuggestion('xyz', unknown)).toBeUndefined();
  });
});
