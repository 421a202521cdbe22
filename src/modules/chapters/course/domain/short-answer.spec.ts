import fc from 'fast-check';
import { respelled } from '../../../../../test/support/typography';
import { isAcceptedAnswer, isOneTypoApart, toWords } from './short-answer';

const RAG = ['retrieval-augmented generation', 'RAG'];

describe('isAcceptedAnswer', () => {
  it.each([
    'rag',
    ' RAG. ',
    'a RAG',
    'Retrieval augmented generation',
    'the retrieval-augmented generation!',
    'RETRIEVAL – AUGMENTED\n“Generation”',
    'rétrieval augmented génération',
    'retreival augmented generation',
    'retrieval augmented generations',
    'retrival augmeted generatin',
  ])('accepts %p', (given) => {
    expect(isAcceptedAnswer(given, RAG)).toBe(true);
  });

  it.each([
    '',
    '...',
    'rag rag',
    'rags',
    'the',
    'a the RAG',
    'retrieval',
    'retrieval generation',
    'generation augmented retrieval',
    'retrieval augmented generation fine-tuning prompting RAG',
    'not RAG',
    'it could be RAG or retrieval-augmented generation',
    'rtrievl augmented generation',
  ])('refuses %p', (given) => {
    expect(isAcceptedAnswer(given, RAG)).toBe(false);
  });

  it.each([
    ['GPT4', 'GPT5'],
    ['100000', '100001'],
    ['5', '-5'],
    ['token', 'taken'],
    ['supervised', 'unsupervised'],
  ])('does not accept a typo that changes the answer: %p is not %p', (accepted, given) => {
    expect(isAcceptedAnswer(given, [accepted])).toBe(false);
  });

  it('accepts a typo in six letters but not in five', () => {
    expect(isAcceptedAnswer('promt', ['prompt'])).toBe(true);
    expect(isAcceptedAnswer('modl', ['model'])).toBe(false);
  });

  it('accepts nothing when a form holds no word', () => {
    expect(isAcceptedAnswer('', ['', '?!'])).toBe(false);
  });

  const word = fc.stringMatching(/^[a-z]{3,10}$/).filter((text) => text !== 'the' && text !== 'and');
  const phrase = fc.array(word, { minLength: 1, maxLength: 4 });

  it('accepts every accepted form, in any case, with any punctuation and article', () => {
    const noise = fc.constantFrom(' ', '  ', '-', ', ', '\t', ' — ');
    fc.assert(
      fc.property(phrase, noise, fc.constantFrom('', 'a ', 'An ', 'THE '), (words, between, article) => {
        const given = `${article}${words.join(between).toUpperCase()}.`;
        expect(isAcceptedAnswer(given, [words.join(' ')])).toBe(true);
      }),
    );
  });

  it('never accepts an answer with additional or missing words', () => {
    fc.assert(
      fc.property(phrase, phrase, (words, stuffing) => {
        const accepted = [words.join(' ')];
        expect(isAcceptedAnswer([...words, ...stuffing].join(' '), accepted)).toBe(false);
        expect(isAcceptedAnswer([...stuffing, ...words].join(' '), accepted)).toBe(false);
        expect(isAcceptedAnswer(words.slice(1).join(' '), accepted)).toBe(false);
      }),
    );
  });

  it('accepts the right answer in every typography', () => {
    const forms = ['retrieval-augmented generation', 'RAG', "Moore's law", '-5', '3 to 1'];
    const given = fc.constantFrom(...forms).chain((form) => fc.tuple(fc.constant(form), respelled(form)));
    fc.assert(
      fc.property(given, ([form, typed]) => {
        expect(isAcceptedAnswer(typed, [form])).toBe(true);
        expect(isAcceptedAnswer(form, [typed])).toBe(true);
      }),
    );
  });

  it('answers for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (given, accepted) => {
        expect(isAcceptedAnswer(given, [accepted])).toBe(
          toWords(accepted).length > 0 && isAcceptedAnswer(toWords(given).join(' '), [accepted]),
        );
      }),
    );
  });
});

describe('toWords', () => {
  it.each([
    ['Straße', ['strasse']],
    ['Don’t', ['dont']],
    ['−5 %', ['minus', '5']],
    ['GPT-4', ['gpt', '4']],
    ['the', ['the']],
    ['The end', ['end']],
    ['ﬁne', ['fine']],
  ])('reads %p', (text, words) => {
    expect(toWords(text)).toEqual(words);
  });
});

describe('isOneTypoApart', () => {
  it.each([
    ['prompt', 'prompts', true],
    ['prompt', 'pompt', true],
    ['prompt', 'prumpt', true],
    ['prompt', 'promtp', true],
    ['prompt', 'prompt', false],
    ['prompt', 'prmopts', false],
    ['prompt', 'promptly', false],
    ['', 'a', true],
  ])('compares %p with %p: %p', (a, b, expected) => {
    expect(isOneTypoApart(a, b)).toBe(expected);
    expect(isOneTypoApart(b, a)).toBe(expected);
  });
});
