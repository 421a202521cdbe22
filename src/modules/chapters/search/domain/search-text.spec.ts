import fc from 'fast-check';
import { respelled } from '../../../../../test/support/typography';
import {
  listAcronyms,
  listAskedWords,
  listHeadings,
  listWords,
  toPlainText,
  toSearchable,
} from './search-text';

const MARKDOWN = [
  'One **bold** and *soft* `code` word.',
  '',
  '### Exercise: try it',
  '',
  '- first',
  '2. second',
  '> said',
  '',
  '| Part | Question |',
  '|---|:---:|',
  '| Task | What? |',
  '',
  '```',
  'Write this.',
  '```',
  'End.',
].join('\n');

describe('toPlainText', () => {
  it('keeps the visible text, line by line', () => {
    expect(toPlainText(MARKDOWN).split('\n')).toEqual([
      'One bold and soft code word.',
      'Exercise: try it',
      'first',
      'second',
      'said',
      'Part · Question',
      'Task · What?',
      'Write this.',
      'End.',
    ]);
  });

  it('leaves no markers that snippets use', () => {
    expect(toPlainText('a ** b *** c **** d')).not.toContain('*');
  });
});

describe('listHeadings', () => {
  it('lists headings from the third level down', () => {
    expect(listHeadings('## No\n### Yes\ntext\n#### Also ')).toEqual(['Yes', 'Also']);
    expect(listHeadings('text')).toEqual([]);
  });
});

describe('listAcronyms', () => {
  it.each([
    ['Ask IT, then the LLM and IT again.', ['IT', 'LLM']],
    ['RAG/LLM, GPT4 (EU)', ['RAG', 'LLM', 'GPT4', 'EU']],
    ['It is A word. LLMs NATIONALITY', []],
  ])('finds in %j %j', (text, acronyms) => {
    expect(listAcronyms(text)).toEqual(acronyms);
  });
});

describe('listWords', () => {
  it('returns words in lower case with repetitions, without numbers and punctuation', () => {
    expect(listWords('The 3 Tokens; the TOP-p “naïve” GPT4')).toEqual([
      'the',
      'tokens',
      'the',
      'top',
      'p',
      'naïve',
      'gpt4',
    ]);
    expect(listWords('???')).toEqual([]);
  });
});

describe('toSearchable', () => {
  it('removes characters that PostgreSQL rejects or misreads', () => {
    expect(toSearchable(' RAG/LLM\u0000 a\\b\n"x y" -z ')).toBe('RAG LLM  a b "x y" -z');
  });

  it('reads every typography as the plain one', () => {
    const queries = ['few-shot prompting', '"next token" -softmax', "Moore's law", 'top-p 2.5'];
    const given = fc
      .constantFrom(...queries)
      .chain((query) => fc.tuple(fc.constant(query), respelled(query)));
    fc.assert(
      fc.property(given, ([query, typed]) => {
        expect(listWords(typed)).toEqual(listWords(query));
        // A typographic dash excludes nothing, wherever it stands.
        expect(toSearchable(typed).replace(/ +-?(?=softmax)/, ' ')).toBe(
          toSearchable(query).replace(/ +-?(?=softmax)/, ' '),
        );
      }),
    );
  });
});

describe('listAskedWords', () => {
  it.each([
    ['what is a token', ['what', 'is', 'a', 'token']],
    ['"Lethal trifecta" LETHAL', ['lethal', 'trifecta']],
    ['token -softmax --"next token" -- model', ['token', 'model']],
    ['few-shot -"unclosed phrase', ['few', 'shot']],
    ['-token', []],
    ['naïve トークン', ['naïve', 'トークン']],
  ])('finds in %j %j', (query, words) => {
    expect(listAskedWords(query)).toEqual(words);
  });
});
