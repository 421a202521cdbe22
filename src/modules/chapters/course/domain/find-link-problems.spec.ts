import { aChapter, aSection } from 'src/modules/chapters/testing/chapter.factory';
import { findLinkProblems } from './find-link-problems';

const problemsOf = (body: string, introduction = '') =>
  findLinkProblems([
    { file: 'one.md', chapter: aChapter({ introduction, sections: [aSection({ id: 'tokens', body })] }) },
    { file: 'two.md', chapter: aChapter({ position: 2, sections: [aSection({ id: 'embeddings' })] }) },
  ]);

describe('findLinkProblems', () => {
  it.each([
    'No link (but brackets) [and others].',
    'See [tokens](#tokens) and, in the next chapter, [embeddings](#embeddings).',
    'Write `[text](https://example.com)`.',
    '```\n[text](https://example.com)\nhttps://example.com\n```\nAfter it.',
  ])('accepts %j', (body) => {
    expect(problemsOf(body)).toEqual([]);
  });

  it('reports a section that does not exist', () => {
    expect(problemsOf('See [this](#token).')).toEqual(['one.md: links to "#token", which does not exist']);
  });

  it.each([
    ['[text](https://example.com/a)', 'https://example.com/a'],
    ['[text](<other.md> "Title")', 'other.md'],
    ['![picture](picture.png)', 'picture.png'],
    ['Read https://example.com now.', 'https://example.com'],
    ['Read <http://example.com> now.', 'http://example.com'],
    ['[text]\n\n[text]: /path', '/path'],
    ['`a` [text](path) `b`', 'path'],
    ['[text]()', ''],
  ])('refuses %j', (body, target) => {
    expect(problemsOf(body)).toEqual([`one.md: links to "${target}"; link only to sections (#section-id)`]);
  });

  it('reads the introduction too', () => {
    expect(problemsOf('', 'See [this](#nowhere).')).toEqual([
      'one.md: links to "#nowhere", which does not exist',
    ]);
  });
});
