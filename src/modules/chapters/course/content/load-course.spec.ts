import { ConfigError } from 'src/config/app-config';
import { aChapterText } from 'src/modules/chapters/testing/chapter.factory';
import { readChapterFile } from './chapter-file';
import { assembleCourse } from './load-course';

const problemsOf = (text: string) => readChapterFile({ file: 'one.md', text }).problems;

describe('readChapterFile', () => {
  it('reads metadata, text and a version', () => {
    const { chapter, problems } = readChapterFile({ file: 'one.md', text: aChapterText() });

    expect(problems).toEqual([]);
    expect(chapter).toMatchObject({ id: 'chapter-1', title: 'A title', position: 1, introduction: 'An introduction.' });
    expect(chapter?.version).toMatch(/^[0-9a-f]{16}$/);
  });

  it('changes the version only when the file changes', () => {
    const version = (text: string) => readChapterFile({ file: 'x', text }).chapter?.version;

    expect(version(aChapterText())).toBe(version(aChapterText()));
    expect(version(`${aChapterText()}!`)).not.toBe(version(aChapterText()));
  });

  it('accepts a byte order mark and Windows line ends', () => {
    expect(problemsOf(`\uFEFF${aChapterText().replaceAll('\n', '\r\n')}`)).toEqual([]);
  });

  it.each([
    ['no front matter here', 'one.md: does not begin with front matter between two "---" lines'],
    ['---\nid: [\n---\n', /^one\.md: front matter is not YAML: /],
    ['---\nid: a\nid: b\n---\n', /^one\.md: front matter is not YAML: .*unique/],
    [aChapterText({ frontMatter: { tier: 'gold' } }), /^one\.md: front matter tier /],
    [aChapterText({ frontMatter: { id: 'intro' } }), 'one.md: front matter id is not of the form chapter-N'],
    [aChapterText({ frontMatter: { title: '""' } }), 'one.md: front matter title is empty'],
    [aChapterText({ frontMatter: { difficutly: 'x' } }), /^one\.md: front matter .*"difficutly"/],
  ])('explains what is wrong with %#', (text, problem) => {
    const expected = typeof problem === 'string' ? problem : expect.stringMatching(problem);

    expect(problemsOf(text)).toEqual([expected]);
  });

  it('lists every missing key', () => {
    expect(problemsOf('---\nid: chapter-1\n---\n')).toHaveLength(5);
  });
});

describe('assembleCourse', () => {
  it('builds a course from valid files', () => {
    const files = [2, 1].map((position) => ({ file: `${position}.md`, text: aChapterText({ position }) }));

    expect(assembleCourse(files).chapters.map(({ id }) => id)).toEqual(['chapter-1', 'chapter-2']);
  });

  it('throws one error with the mistakes of all files', () => {
    const files = [
      { file: '1.md', text: aChapterText({ frontMatter: { objectives: '[One]' } }) },
      { file: '3.md', text: aChapterText({ position: 3, markdown: '## A\n\nx' }) },
    ];

    const problems = catchProblems(files);

    expect(problems).toEqual(
      expect.arrayContaining([
        '1.md: has 1 objectives, not 4 to 6',
        '3.md: section "A" has no id: write "## A {#some-id}"',
        '3.md: has 1 sections, not 5 to 7',
        '3.md: has no introduction before its first section',
        '3.md: "chapter-3" has no chapter-2 before it',
      ]),
    );
  });

  it('reports no errors for chapters after an unreadable one', () => {
    const files = [
      { file: '1.md', text: 'nothing' },
      { file: '2.md', text: aChapterText({ position: 2, frontMatter: { prerequisites: '[chapter-1]' } }) },
    ];

    expect(catchProblems(files)).toEqual([expect.stringMatching(/^1\.md: /)]);
  });
});

function catchProblems(files: { file: string; text: string }[]): readonly string[] {
  try {
    assembleCourse(files);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}
