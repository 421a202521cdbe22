import { aChapter } from 'src/modules/chapters/testing/chapter.factory';
import { deriveChapterProgress } from './progress';

const chapter = aChapter();
const completed = (count: number) => new Set(chapter.sections.slice(0, count).map(({ id }) => id));

describe('deriveChapterProgress', () => {
  it.each([
    [0, 'not_started', 0],
    [1, 'in_progress', 20],
    [4, 'in_progress', 80],
    [5, 'completed', 100],
  ])('after %d of 5 sections is %s at %d percent', (count, status, percent) => {
    expect(deriveChapterProgress(chapter, completed(count))).toEqual({
      status,
      completedSections: count,
      totalSections: 5,
      percent,
    });
  });

  it('rounds down, so that only everything is 100 percent', () => {
    const seven = aChapter({
      sections: [...chapter.sections, ...aChapter({ position: 2 }).sections.slice(0, 2)],
    });
    const allButOne = new Set(seven.sections.slice(1).map(({ id }) => id));

    expect(deriveChapterProgress(seven, allButOne).percent).toBe(85);
  });

  it('ignores completed sections of other chapters and of older editions', () => {
    const strange = new Set(['chapter-2-part-1', 'a-section-that-was-removed']);

    expect(deriveChapterProgress(chapter, strange).status).toBe('not_started');
  });

  it('does not divide by zero', () => {
    expect(deriveChapterProgress(aChapter({ sections: [] }), new Set()).percent).toBe(0);
  });
});
