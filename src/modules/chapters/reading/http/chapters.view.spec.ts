import { SAMPLE_COURSE } from 'src/modules/chapters/testing/course.fake';
import {
  chapterListSchema,
  chapterSchema,
  completedSectionSchema,
  openedSectionSchema,
  sectionSchema,
} from './chapters.schema';
import {
  toChapterListResponse,
  toCompletedSectionResponse,
  toOpenedSectionResponse,
  toPersonalChapter,
  toPersonalSection,
  toSharedChapter,
  toSharedSection,
} from './chapters.view';
import { represent, SharedJsonCache } from './representation';

const [chapter] = SAMPLE_COURSE.chapters;
const place = SAMPLE_COURSE.findSection('chapter-1-part-2');
if (chapter === undefined || place === undefined)
  throw new Error('the sample course has lost its first chapter');
const progress = {
  status: 'in_progress',
  openedSections: 2,
  completedSections: 1,
  totalSections: 5,
  percent: 20,
} as const;
const marks = { opened: new Set(['chapter-1-part-2']), completed: new Set(['chapter-1-part-1']) };

// The documented schema and the answer may not drift apart: parsing strips what the schema does not know.
describe('the answers of the chapters module', () => {
  it('document the list', () => {
    const list = toChapterListResponse([{ chapter, hasAccess: true, progress }]);

    expect(chapterListSchema.parse(list)).toEqual(list);
  });

  it('document a chapter', () => {
    const next = { chapter, hasAccess: false };
    const personal = toPersonalChapter({ chapter, previous: undefined, next, progress, marks });

    const { body } = represent(new SharedJsonCache(toSharedChapter).get(chapter), personal);

    const answer: unknown = JSON.parse(body.toString());
    expect(chapterSchema.parse(answer)).toEqual(answer);
    const { sections } = chapterSchema.parse(answer);
    expect(sections.map(({ opened, completed }) => [opened, completed])).toEqual([
      [true, true],
      [true, false],
      [false, false],
      [false, false],
      [false, false],
    ]);
  });

  it('document a section', () => {
    const personal = toPersonalSection({ ...place, marks });

    const { body } = represent(new SharedJsonCache(toSharedSection).get(place), personal);

    const answer: unknown = JSON.parse(body.toString());
    expect(sectionSchema.parse(answer)).toEqual(answer);
    expect(answer).toMatchObject({ id: 'chapter-1-part-2', opened: true, completed: false });
  });

  it('document a section that was opened: everything that getSection shows, and the progress', () => {
    const opened = toOpenedSectionResponse({ ...place, marks, progress });

    expect(openedSectionSchema.parse(opened)).toEqual(opened);
    expect(opened).toMatchObject({
      ...toSharedSection(place),
      ...toPersonalSection({ ...place, marks }),
      user_progress: { status: 'in_progress', opened_sections: 2 },
      next_action: 'completeSection',
    });
  });

  it('document a section that was completed', () => {
    const completed = toCompletedSectionResponse({ ...place, marks, progress });

    expect(completedSectionSchema.parse(completed)).toEqual(completed);
    expect(completed).toMatchObject({ section_id: 'chapter-1-part-2', next_action: 'getNextStep' });
  });
});
