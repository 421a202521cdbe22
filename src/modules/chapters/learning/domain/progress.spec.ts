import { aChapter } from 'src/modules/chapters/testing/chapter.factory';
import { deriveChapterProgress } from './progress';

const chapter = aChapter();
const first = (count: number) => new Set(chapter.sections.slice(0, count).map(({ id }) => id));
const NONE = { opened: new Set<string>(), completed: new Set<string>() };

describe('deriveChapterProgress', () => {
  it.each([
    [0, 'not_started', 0],
    [1, 'in_progress', 20],
    [4, 'in_progress', 80],
    [5, 'completed', 100],
  ])('after %d of 5 sections is %s at %d percent', (count, status, percent) => {
    expect(deriveChapterProgress(chapter, { ...NONE, completed: first(count) })).toEqual({
      status,
      openedSections: count,
      completedSections: count,
      totalSections: 5,
      percent,
    });
  });

  it('starts with the first opened section and counts each section once', () => {
    expect(deriveChapterProgress(chapter, { opened: first(1), completed: NONE.completed })).toMatchObject({
      status: 'in_progress',
      openedSections: 1,
      completedSections: 0,
      percent: 0,
    });
    expect(deriveChapterProgress(chapter, { opened: first(3), completed: first(2) })).toMatchObject({
      status: 'in_progress',
      openedSections: 3,
      completedSections: 2,
    });
  });

  it('is not completed by opening all sections', () => {
    expect(deriveChapterProgress(chapter, { ...NONE, opened: first(5) }).status).toBe('in_progress');
  });

  it('rounds down, so that only everything is 100 percent', () => {
    const seven = aChapter({
      sections: [...chapter.sections, ...aChapter({ position: 2 }).sections.slice(0, 2)],
    });
    const allButOne = new Set(seven.sections.slice(1).map(({ id }) => id));

    expect(deriveChapterProgress(seven, { ...NONE, completed: allButOne }).percent).toBe(85);
  });

  it('ignores sections of other chapters and of older editions', () => {
    const strange = new Set(['chapter-2-part-1', 'a-section-that-was-removed']);

    expect(deriveChapterProgress(chapter, { opened: strange, completed: strange }).status).toBe(
      'not_started',
    );
  });

  it('does not divide by zero', () => {
    expect(deriveChapterProgress(aChapter({ sections: [] }), NONE).percent).toBe(0);
  });
});
