import { aChapter } from 'src/modules/chapters/testing/chapter.factory';
import { Course, neighbouringSections } from './course';

const [first, second, third] = [1, 2, 3].map((position) => aChapter({ position })) as [
  ReturnType<typeof aChapter>,
  ReturnType<typeof aChapter>,
  ReturnType<typeof aChapter>,
];
const course = new Course([third, first, second]);

describe('Course', () => {
  it('keeps chapters in order of position', () => {
    expect(course.chapters).toEqual([first, second, third]);
  });

  it('finds chapters and sections by id', () => {
    expect(course.findChapter('chapter-2')).toBe(second);
    expect(course.findSection('chapter-3-part-5')).toEqual({ chapter: third, section: third.sections[4] });
  });

  it.each(['chapter-9', '', '__proto__', 'constructor'])('finds nothing under %j', (id) => {
    expect(course.findChapter(id)).toBeUndefined();
    expect(course.findSection(id)).toBeUndefined();
  });

  it('returns the neighbours of a chapter; the first and the last have only one', () => {
    expect(course.neighboursOf(first)).toEqual({ previous: undefined, next: second });
    expect(course.neighboursOf(second)).toEqual({ previous: first, next: third });
    expect(course.neighboursOf(third)).toEqual({ previous: second, next: undefined });
  });

  it('returns no neighbours for a chapter that does not exist', () => {
    expect(course.neighboursOf(aChapter({ position: 9 }))).toEqual({ previous: undefined, next: undefined });
  });
});

describe('neighbouringSections', () => {
  it.each([
    [1, undefined, 2],
    [3, 2, 4],
    [5, 4, undefined],
  ])('of section %d are %p and %p', (position, before, after) => {
    const section = second.sections[position - 1] ?? second.sections[0];
    if (section === undefined) throw new Error('the factory makes five sections');

    const { previous, next } = neighbouringSections({ chapter: second, section });

    expect([previous?.position, next?.position]).toEqual([before, after]);
  });
});
