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
  it('replaces the misspelt word and keeps the rest as it is written', () => {
    const unknown = [anUnknown('promt', { promote: 90, prompt: 5 })];

    expect(deriveSuggestion('"My Promt" -injection', unknown)).toBe('"My prompt" -injection');
  });

  it('corrects a word whose stem is known along with one that is unknown, never alone', () => {
    const known = anUnknown('enginering', { engineering: 3 }, { isFound: true });

    expect(deriveSuggestion('promt enginering', [anUnknown('promt', { prompt: 5 }), known])).toBe(
      'prompt engineering',
    );
    expect(deriveSuggestion('enginering', [known])).toBeUndefined();
  });

  it('takes the more frequent of two words that are equally near', () => {
    expect(deriveSuggestion('tokem', [anUnknown('tokem', { totem: 1, token: 60 })])).toBe('token');
  });

  it.each([
    ['no word is unknown', []],
    ['nothing looks like the word', [anUnknown('xyz', {})]],
    ['what looks like it is too far away', [anUnknown('xyz', { xylophone: 3 })]],
  ])('is silent when %s', (_, unknown) => {
    expect(deriveSuggestion('xyz', unknown)).toBeUndefined();
  });
});
