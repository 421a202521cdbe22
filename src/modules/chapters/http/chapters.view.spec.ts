import { SAMPLE_COURSE } from 'src/modules/chapters/testing/course.fake';
import { chapterListSchema, chapterSchema, sectionSchema } from './chapters.schema';
import {
  toChapterListResponse,
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
const progress = { status: 'in_progress', completedSections: 1, totalSections: 5, percent: 20 } as const;

// The documented schema and the answer may not drift apart: parsing strips what the schema does not know.
describe('the answers of the chapters module', () => {
  it('document the list', () => {
    const list = toChapterListResponse([{ chapter, hasAccess: true, progress }]);

    expect(chapterListSchema.parse(list)).toEqual(list);
  });

  it('document a chapter', () => {
    const next = { chapter, hasAccess: false };
    const completed = new Set(['chapter-1-part-1']);
    const personal = toPersonalChapter({ chapter, previous: undefined, next, progress, completed });

    const { body } = represent(new SharedJsonCache(toSharedChapter).get(chapter), personal);

    const answer: unknown = JSON.parse(body);
    expect(chapterSchema.parse(answer)).toEqual(answer);
    expect(chapterSchema.parse(answer).sections.map((section) => section.completed)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  it('document a section', () => {
    const personal = toPersonalSection({ ...place, isCompleted: true });

    const { body } = represent(new SharedJsonCache(toSharedSection).get(place), personal);

    const answer: unknown = JSON.parse(body);
    expect(sectionSchema.parse(answer)).toEqual(answer);
    expect(answer).toMatchObject({ id: 'chapter-1-part-2', completed: true });
  });
});
