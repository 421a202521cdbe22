import type { ChapterFrontMatter } from './chapter';
import { parseChapter } from './parse-chapter';
import { countWords, deriveMinutes } from './reading-time';

const frontMatter: ChapterFrontMatter = {
  id: 'chapter-3',
  title: 'T',
  subtitle: 'S',
  tier: 'free',
  difficulty: 'beginner',
  objectives: ['a', 'b', 'c', 'd'],
  prerequisites: [],
  tags: [],
};
const parse = (markdown: string) => parseChapter({ frontMatter, markdown, version: 'v1' });

describe('parseChapter', () => {
  it('computes position, words and minutes', () => {
    const body = 'word '.repeat(300).trim();

    const { chapter, problems } = parse(`Two words.\n\n## First part {#first-part}\n\n${body}`);

    expect(problems).toEqual([]);
    expect(chapter).toMatchObject({
      id: 'chapter-3',
      position: 3,
      introduction: 'Two words.',
      words: 304,
      estimatedMinutes: 2,
      version: 'v1',
    });
    expect(chapter.sections).toEqual([
      { id: 'first-part', title: 'First part', position: 1, body, words: 302, estimatedMinutes: 2 },
    ]);
  });

  it.each([
    ['## One\n\nx', 'section "One" has no id: write "## One {#some-id}"'],
    ['## One {#Not_An_Id}\n\nx', 'section id "Not_An_Id" is not lower-case words joined by "-"'],
    ['## {#one}\n\nx', 'section "one" has no title'],
    ['## One {#one}\n\n', 'section "One" is empty'],
    ['## One {#one}\n\n```\nx', 'a code fence is opened and never closed'],
    ['# Title\n\n## One {#one}\n\nx', 'has a "# " heading; the title comes from the front matter'],
  ])('reports the mistake in %j', (markdown, problem) => {
    expect(parse(markdown).problems).toEqual([problem]);
  });

  it('reports several mistakes at once', () => {
    expect(parse('## One\n\nx\n\n## Two {#two}\n').problems).toHaveLength(2);
  });
});

describe('countWords', () => {
  it.each([
    ['', 0],
    ['| --- | --- |', 0],
    ["It's a state-of-the-art model.", 4],
    ['**bold** and `code()`', 3],
    ['été 42', 2],
  ])('counts %j as %d', (markdown, words) => {
    expect(countWords(markdown)).toBe(words);
  });
});

describe('deriveMinutes', () => {
  it.each([
    [0, 1],
    [150, 1],
    [224, 1],
    [225, 2],
    [2400, 16],
  ])('reads %d words in %d min', (words, minutes) => {
    expect(deriveMinutes(words)).toBe(minutes);
  });
});
