import type { ConfigError } from 'src/config/app-config';
import { aChapterText } from 'src/modules/chapters/testing/chapter.factory';
import { readGlossaryFile } from './glossary-file';
import { assembleCourse } from './load-course';

const DEFINITION = 'A piece of text that a model reads and writes as one.';
const anEntryText = (term: string, section = 'chapter-1-part-1') =>
  `- term: ${term}\n  aliases: []\n  definition: "${DEFINITION}"\n  section: ${section}\n`;
const chapters = [{ file: '01.md', text: aChapterText() }];

describe('readGlossaryFile', () => {
  const read = (text: string) => readGlossaryFile({ file: 'glossary.yaml', text });

  it('reads the entries', () => {
    expect(read(anEntryText('Token'))).toMatchObject({
      entries: [{ term: 'Token', aliases: [], definition: DEFINITION, section: 'chapter-1-part-1' }],
      problems: [],
    });
  });

  it.each([
    ['text that is not YAML', '- term: [', /^glossary\.yaml: is not YAML/],
    ['something else than a list', 'term: Token', /^glossary\.yaml: .*expected array/i],
    ['a misspelt key', `${anEntryText('Token')}  alias: x\n`, /^glossary\.yaml: 0 .*alias/],
    ['an empty term', anEntryText('""'), /^glossary\.yaml: 0\.term is empty/],
  ])('reports %s', (_, text, problem) => {
    const { entries, problems } = read(text);

    expect(entries).toBeUndefined();
    expect(problems).toEqual([expect.stringMatching(problem)]);
  });
});

describe('assembleCourse with a glossary', () => {
  const assemble = (text: string) => assembleCourse(chapters, { glossaryFile: { file: 'glossary.yaml', text } });

  it('adds the glossary terms to the course', () => {
    expect(assemble(anEntryText('Token')).glossary.find('tokens')?.section).toBe('chapter-1-part-1');
  });

  it('builds a course without terms when there is no glossary file', () => {
    expect(assembleCourse(chapters).glossary.entries).toEqual([]);
  });

  it('lists every mistake of the glossary with the file name', () => {
    const attempt = () => assemble(anEntryText('Token', 'nowhere') + anEntryText('token'));

    expect(problemsOf(attempt)).toEqual([
      'glossary.yaml: "Token" points to section "nowhere", which does not exist',
      'glossary.yaml: "token" has the name "token", which belongs to "Token"',
    ]);
  });
});

function problemsOf(attempt: () => unknown): readonly string[] {
  try {
    attempt();
    return [];
  } catch (error) {
    return (error as ConfigError).problems;
  }
}
