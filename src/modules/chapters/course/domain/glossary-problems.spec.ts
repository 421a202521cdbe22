import { aChapter } from 'src/modules/chapters/testing/chapter.factory';
import type { GlossaryEntry } from './glossary';
import { findGlossaryProblems } from './glossary-problems';

const anEntry = (overrides: Partial<GlossaryEntry> = {}): GlossaryEntry => ({
  term: 'Token',
  aliases: [],
  definition: 'A piece of text that a model reads and writes as one.',
  section: 'chapter-1-part-1',
  ...overrides,
});

const check = (...entries: GlossaryEntry[]) => findGlossaryProblems(entries, [aChapter()]);

describe('findGlossaryProblems', () => {
  it('accepts a valid glossary, or none', () => {
    expect(check()).toEqual([]);
    expect(check(anEntry({ aliases: ['tokens', 'Tokenizer'] }), anEntry({ term: 'Prompt' }))).toEqual([]);
  });

  it.each<[string, Partial<GlossaryEntry>, string]>([
    ['a section that does not exist', { section: 'nowhere' }, 'points to section "nowhere"'],
    ['a definition that says nothing', { definition: 'Short.' }, 'has a definition of 6 characters'],
    ['a definition that retells a section', { definition: 'x'.repeat(401) }, 'has a definition of 401'],
    ['a name written twice', { aliases: ['token'] }, 'has the name "token" twice'],
    ['a name without letters', { aliases: ['--'] }, 'has the name "--" without a letter'],
  ])('reports %s', (_, mistake, problem) => {
    expect(check(anEntry(mistake))).toEqual([expect.stringContaining(`"Token" ${problem}`)]);
  });

  it('reports a name that two terms share, also as plural, with hyphen or as alias', () => {
    const problems = check(
      anEntry({ aliases: ['few-shot'] }),
      anEntry({ term: 'Tokens' }),
      anEntry({ term: 'Example', aliases: ['few shot'] }),
    );

    expect(problems).toEqual([
      '"Tokens" has the name "Tokens", which belongs to "Token"',
      '"Example" has the name "few shot", which belongs to "Token"',
    ]);
  });

  it('reports all mistakes at once', () => {
    expect(check(anEntry({ section: 'x', definition: '' }), anEntry())).toHaveLength(3);
  });
});
