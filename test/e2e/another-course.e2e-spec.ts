import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aChapterText } from '../../src/modules/chapters/testing/chapter.factory';
import { aQuiz, aQuizText } from '../../src/modules/chapters/testing/quiz.factory';
import { TestApp } from '../support/app';
import { call } from '../support/http';
import { submitRightAnswers } from '../support/quiz';
import type { Student } from '../support/student';

/** What an author writes for one more chapter, and nothing else. */
async function addChapter(folder: string, position: number, tier: 'free' | 'premium'): Promise<void> {
  const title = `Title number ${position}`;
  await writeFile(
    join(folder, `${position}.md`),
    aChapterText({ position, frontMatter: { tier, title, tags: '[zeppelin]' } }),
  );
  await writeFile(join(folder, 'quizzes', `chapter-${position}.yaml`), aQuizText(aQuiz({ position })));
}

describe('a course consists of files only', () => {
  let folder: string;
  let app: TestApp;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'another-course-'));
  });
  afterEach(async () => {
    await app.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const serve = async () => {
    app = await TestApp.start({ worker: false, env: { CONTENT_DIR: folder } });
  };
  const grant = ({ id }: Student) =>
    app.sql(
      `INSERT INTO grants (user_id, reason, starts_at, granted_by) VALUES ($1, 'test', now() - interval '1 day', $1)`,
      [id],
    );
  const finish = async (student: Student, position: number) => {
    for (const part of [1, 2, 3, 4, 5])
      await student.post(`/progress/sections/chapter-${position}-part-${part}/complete`);
    return submitRightAnswers(student, aQuiz({ position }));
  };

  it('serves a seventh chapter with its quiz', async () => {
    await cp('content', folder, { recursive: true });
    await addChapter(folder, 7, 'premium');

    await serve();

    const student = await app.student();
    const { totals } = (await student.get('/course')).body;
    expect(totals).toMatchObject({ chapters: 7, free_chapters: 3, quizzes: 7, quiz_questions: 70 });
    expect((await student.get('/chapters/chapter-7')).body).toMatchObject({ code: 'premium_required' });
    expect((await student.get('/chapters/search?q=zeppelin')).body).toMatchObject({ locked_matches: 1 });
    await grant(student);
    expect((await student.get('/chapters/chapter-6')).body['navigation']).toMatchObject({
      next_chapter: { id: 'chapter-7', title: 'Title number 7', user_has_access: true },
    });
    expect((await finish(student, 7)).body).toMatchObject({ passed: true });
    expect((await student.get('/certificate')).body).toMatchObject({ code: 'certificate_not_earned' });
  }, 60_000);

  it('serves a second course of two chapters, from the first section to its certificate', async () => {
    await mkdir(join(folder, 'quizzes'));
    await writeFile(join(folder, 'course.yaml'), 'title: Airships for Beginners\n');
    await addChapter(folder, 1, 'free');
    await addChapter(folder, 2, 'premium');

    await serve();

    const student = await app.student();
    expect((await student.get('/course')).body).toMatchObject({
      title: 'Airships for Beginners',
      totals: { chapters: 2 },
    });
    await finish(student, 1);
    expect((await student.get('/course/next-step')).body).toMatchObject({
      step: 'upgrade',
      chapter: { id: 'chapter-2' },
    });
    await grant(student);
    await finish(student, 2);
    const { body } = await student.get('/certificate');
    expect(body).toMatchObject({ course_title: 'Airships for Beginners' });
    const page = await call('GET', String(body['verification_url']));
    expect(page.text).toContain('Airships for Beginners');
    expect(page.text).toContain('All 2 chapters');
  }, 60_000);
});
