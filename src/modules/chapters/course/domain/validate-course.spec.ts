import { aChapter, aSection } from 'src/modules/chapters/testing/chapter.factory';
import type { Chapter } from './chapter';
import { findChapterProblems, findCourseProblems } from './validate-course';

const inFiles = (...chapters: Chapter[]) =>
  chapters.map((chapter) => ({ file: `${chapter.id}.md`, chapter }));
const sections = (count: number) => Array.from({ length: count }, (_, n) => aSection({ id: `part-${n}` }));

describe('findChapterProblems', () => {
  it('accepts a valid chapter', () => {
    expect(findChapterProblems(aChapter())).toEqual([]);
  });

  it.each([
    [{ sections: sections(4) }, 'has 4 sections, not 5 to 7'],
    [{ sections: sections(8) }, 'has 8 sections, not 5 to 7'],
    [{ objectives: ['1', '2', '3'] }, 'has 3 objectives, not 4 to 6'],
    [{ objectives: ['1', '2', '3', '4', '5', '6', '7'] }, 'has 7 objectives, not 4 to 6'],
    [{ introduction: '' }, 'has no introduction before its first section'],
    [{ introduction: 'x'.repeat(1501) }, 'its introduction has 1501 characters, the limit is 1500'],
  ])('reports %#', (overrides, problem) => {
    expect(findChapterProblems(aChapter(overrides))).toEqual([problem]);
  });

  it.each([
    [7_999, 0],
    [8_000, 1],
  ])('counts the heading in a section of %d characters', (characters, problems) => {
    const heading = '## T\n\n';
    const long = aSection({ id: 'long', title: 'T', body: 'x'.repeat(characters - heading.length) });

    const found = findChapterProblems(aChapter({ sections: [...sections(4), long] }));

    expect(found).toHaveLength(problems);
  });

  it('measures the whole answer as JSON, where a line break takes two characters', () => {
    const full = [1, 2, 3, 4, 5, 6, 7].map((n) => aSection({ id: `part-${n}`, body: '\n'.repeat(7_900) }));

    expect(findChapterProblems(aChapter({ sections: full }))).toEqual([
      expect.stringMatching(/^the whole chapter makes an answer of 11\d{4} characters, the limit is 100000$/),
    ]);
  });
});

describe('findCourseProblems', () => {
  it('accepts a valid course', () => {
    const course = inFiles(aChapter(), aChapter({ position: 2, prerequisites: ['chapter-1'] }));

    expect(findCourseProblems(course)).toEqual([]);
  });

  it('reports an id that is used twice, naming both files', () => {
    const twin = { file: 'copy.md', chapter: aChapter() };

    expect(findCourseProblems([...inFiles(aChapter()), twin])).toEqual([
      'copy.md: chapter id "chapter-1" is already used in chapter-1.md',
      ...[1, 2, 3, 4, 5].map(
        (n) => `copy.md: section id "chapter-1-part-${n}" is already used in chapter-1.md`,
      ),
    ]);
  });

  it('reports a section id that another chapter uses', () => {
    const other = aChapter({ position: 2, sections: [...sections(4), aSection({ id: 'chapter-1-part-3' })] });

    expect(findCourseProblems(inFiles(aChapter(), other))).toEqual([
      'chapter-2.md: section id "chapter-1-part-3" is already used in chapter-1.md',
    ]);
  });

  it('reports a link to an unknown section', () => {
    const chapter = aChapter({ introduction: 'See [this](#nowhere).' });

    expect(findCourseProblems(inFiles(chapter))).toEqual([
      'chapter-1.md: links to "#nowhere", which does not exist',
    ]);
  });

  it('reports a gap in the positions', () => {
    expect(findCourseProblems(inFiles(aChapter(), aChapter({ position: 3 })))).toEqual([
      'chapter-3.md: "chapter-3" has no chapter-2 before it',
    ]);
  });

  it('reports an id that gives no position', () => {
    expect(findCourseProblems(inFiles(aChapter({ id: 'preface', position: 0 })))).toEqual([
      'preface.md: id "preface" gives no position',
    ]);
  });

  it.each([
    ['chapter-9', 'prerequisite "chapter-9" does not exist'],
    ['chapter-2', 'prerequisite "chapter-2" does not come earlier'],
    ['chapter-1', 'prerequisite "chapter-1" does not come earlier'],
  ])('reports the prerequisite %s of the first chapter', (prerequisite, problem) => {
    const course = inFiles(aChapter({ prerequisites: [prerequisite] }), aChapter({ position: 2 }));

    expect(findCourseProblems(course)).toEqual([`chapter-1.md: ${problem}`]);
  });
});
