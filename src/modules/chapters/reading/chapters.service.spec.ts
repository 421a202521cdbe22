import type { Access } from 'src/modules/payments';
import type { Chapter } from 'src/modules/chapters/course/domain/chapter';
import type { SectionInCourse } from 'src/modules/chapters/course/domain/course';
import type { SectionMarks } from 'src/modules/chapters/learning/domain/progress';
import type { StudyRecorder } from 'src/modules/chapters/learning/study-recorder.service';
import { fakeCourse, SAMPLE_COURSE } from 'src/modules/chapters/testing/course.fake';
import { anAccess, FakeEntitlements } from 'src/modules/chapters/testing/payments.fake';
import { ChaptersService } from './chapters.service';
import type { ProgressRepository } from './persistence/progress.repository';

class FakeProgress {
  readonly saved: object[] = [];
  private readonly opened = new Set<string>();

  constructor(private readonly completed: Set<string>) {}

  recordOpening(userId: string, { section }: SectionInCourse): Promise<void> {
    this.saved.push({ userId, sectionId: section.id });
    this.opened.add(section.id);
    return Promise.resolve();
  }

  recordStudy(userId: string, { section }: SectionInCourse, seconds?: number): Promise<void> {
    this.saved.push({ userId, sectionId: section.id, seconds });
    this.completed.add(section.id);
    return Promise.resolve();
  }

  loadMarks(): Promise<SectionMarks> {
    return Promise.resolve({ opened: new Set(this.opened), completed: new Set(this.completed) });
  }
}

function setUp({
  access = anAccess(),
  completed = [],
}: { access?: Access | Error; completed?: string[] } = {}) {
  const entitlements = new FakeEntitlements(access);
  const progress = new FakeProgress(new Set(completed));
  const service = new ChaptersService(
    fakeCourse,
    entitlements.asService(),
    progress as unknown as ProgressRepository,
    progress as unknown as StudyRecorder,
  );
  return { service, entitlements, progress };
}

const chapter = (id: string): Chapter => {
  const found = SAMPLE_COURSE.findChapter(id);
  if (found === undefined) throw new Error(`the sample course has no ${id}`);
  return found;
};
const place = (id: string) => {
  const found = SAMPLE_COURSE.findSection(id);
  if (found === undefined) throw new Error(`the sample course has no ${id}`);
  return found;
};

describe('ChaptersService', () => {
  it.each([
    [false, [true, true, false]],
    [true, [true, true, true]],
  ])('lists what a student whose access is granted=%p may open', async (granted, expected) => {
    const { service } = setUp({ access: anAccess({ granted }) });

    const list = await service.listChapters('u');

    expect(list.map(({ hasAccess }) => hasAccess)).toEqual(expected);
  });

  it('lists progress per chapter', async () => {
    const { service } = setUp({ completed: ['chapter-1-part-1', 'chapter-1-part-2'] });

    const list = await service.listChapters('u');

    expect(list.map(({ progress }) => progress.percent)).toEqual([40, 0, 0]);
  });

  it.each(['listChapters', 'readChapter'] as const)(
    'makes %s fail when access cannot be read',
    async (method) => {
      const failure = new Error('the database is unavailable');
      const { service } = setUp({ access: failure });

      const answer =
        method === 'listChapters'
          ? service.listChapters('u')
          : service.readChapter('u', chapter('chapter-2'));

      await expect(answer).rejects.toBe(failure);
    },
  );

  it('says whether the student may open the neighbours of a chapter', async () => {
    const { service } = setUp();

    const read = await service.readChapter('u', chapter('chapter-2'));

    expect(read.previous).toEqual({ chapter: chapter('chapter-1'), hasAccess: true });
    expect(read.next).toEqual({ chapter: chapter('chapter-3'), hasAccess: false });
  });

  it('does not ask for access when no neighbour is premium', async () => {
    const { service, entitlements } = setUp();

    await service.readChapter('u', chapter('chapter-1'));

    expect(entitlements.asked).toEqual([]);
  });

  it('does not check access again when the guard allowed a premium chapter', async () => {
    const { service, entitlements } = setUp({ access: anAccess({ granted: true }) });

    const read = await service.readChapter('u', chapter('chapter-3'));

    expect(entitlements.asked).toEqual([]);
    expect(read.previous?.hasAccess).toBe(true);
  });

  it('stores nothing when a student reads', async () => {
    const { service, progress } = setUp();

    await service.listChapters('u');
    await service.readChapter('u', chapter('chapter-1'));
    await service.readSection('u', place('chapter-1-part-1'));

    expect(progress.saved).toEqual([]);
  });

  it('records an opened section and returns the progress of its chapter', async () => {
    const { service, progress } = setUp({ completed: ['chapter-1-part-1'] });

    const opened = await service.openSection('u', place('chapter-1-part-2'));

    expect(progress.saved).toEqual([{ userId: 'u', sectionId: 'chapter-1-part-2' }]);
    expect(opened).toMatchObject({ section: { id: 'chapter-1-part-2' }, progress: { openedSections: 2 } });
  });

  it('records a completed section and returns the progress of its chapter', async () => {
    const { service, progress } = setUp({ completed: ['chapter-1-part-1'] });

    const done = await service.completeSection('u', place('chapter-1-part-2'), 90);

    expect(progress.saved).toEqual([{ userId: 'u', sectionId: 'chapter-1-part-2', seconds: 90 }]);
    expect(done.progress).toMatchObject({ status: 'in_progress', completedSections: 2, percent: 40 });
  });
});
