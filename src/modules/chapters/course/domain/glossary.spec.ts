import fc from 'fast-check';
import { respelled } from '../../../../../test/support/typography';
import { Glossary, termKey, type GlossaryEntry } from './glossary';

const anEntry = (term: string, aliases: string[] = []): GlossaryEntry => ({
  term,
  aliases,
  definition: `What ${term} means.`,
  section: 'how-it-works',
});

const glossary = new Glossary([
  anEntry('Token', ['tokenizer']),
  anEntry('Few-shot prompting', ['few-shot']),
  anEntry('Large language model', ['LLM', 'language model']),
  anEntry('Retrieval-augmented generation', ['RAG']),
  anEntry('Policy'),
  anEntry('Bias', ['algorithmic bias']),
]);

describe('Glossary.find', () => {
  it.each([
    ['token', 'Token'],
    ['TOKENS', 'Token'],
    ["token's", 'Token'],
    ['  Tokenizers ', 'Token'],
    ['llm', 'Large language model'],
    ['LLMs', 'Large language model'],
    ['large language models', 'Large language model'],
    ['Few shot', 'Few-shot prompting'],
    ['fewshot', 'Few-shot prompting'],
    ['few‑shot prompting', 'Few-shot prompting'],
    ['"RAG"?', 'Retrieval-augmented generation'],
    ['policies', 'Policy'],
    ['bias', 'Bias'],
  ])('finds %j as %s', (name, term) => {
    expect(glossary.find(name)?.term).toBe(term);
  });

  it('finds a term in every typography', () => {
    const names = ['few-shot prompting', 'LLM', 'retrieval-augmented generation', "token's"];
    const asked = fc.constantFrom(...names).chain((name) => fc.tuple(fc.constant(name), respelled(name)));
    fc.assert(
      fc.property(asked, ([name, typed]) => {
        expect(glossary.find(typed)?.term).toBe(glossary.find(name)?.term);
      }),
    );
  });

  it.each(['', '  ', '???', 'tok', 'language', '__proto__'])('does not know %j', (name) => {
    expect(glossary.find(name)).toBeUndefined();
  });
});

describe('Glossary.suggest', () => {
  it('returns similar terms, most similar first', () => {
    expect(glossary.suggest('tokken')).toEqual(['Token']);
    expect(glossary.suggest('languag model')[0]).toBe('Large language model');
    expect(glossary.suggest('generation')).toContain('Retrieval-augmented generation');
  });

  it('returns at most three, and none for an unrelated word', () => {
    const many = new Glossary(['Token a', 'Token b', 'Token c', 'Token d'].map((term) => anEntry(term)));

    expect(many.suggest('token')).toHaveLength(3);
    expect(many.suggest('xyzzy')).toEqual([]);
    expect(many.suggest('')).toEqual([]);
  });
});

describe('Glossary', () => {
  it('is in alphabetical order', () => {
    expect(glossary.entries.map(({ term }) => term)).toEqual([
      'Bias',
      'Few-shot prompting',
      'Large language model',
      'Policy',
      'Retrieval-augmented generation',
      'Token',
    ]);
  });

  it('returns different keys for different names', () => {
    expect(termKey('prompt')).not.toBe(termKey('prompt injection'));
    expect(termKey('class')).not.toBe(termKey('clas'));
  });
});
