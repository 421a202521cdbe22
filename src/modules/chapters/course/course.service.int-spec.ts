import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import type { ConfigError } from 'src/config/app-config';
import { aChapterText } from 'src/modules/chapters/testing/chapter.factory';
import { aQuiz, aQuizText } from 'src/modules/chapters/testing/quiz.factory';
import { eventually } from '../../../../test/support/wait';
import { CourseService } from './course.service';

describe('CourseService', () => {
  let directory: string;
  let service: CourseService | undefined;

  beforeAll(() => Logger.overrideLogger(false));

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'course-'));
    await write('01.md', aChapterText());
  });

  afterEach(async () => {
    service?.onModuleDestroy();
    service = undefined;
    await rm(directory, { recursive: true, force: true });
  });

  const write = (name: string, text: string) => writeFile(join(directory, name), text);
  const start = async (reload: boolean) => {
    service = new CourseService({ directory, reload });
    await service.onModuleInit();
    return service;
  };
  const titled = (title: string) => aChapterText({ frontMatter: { title } });

  it('reads every Markdown file except README.md', async () => {
    await write('README.md', 'Not a chapter.');
    await write('notes.txt', 'Not Markdown.');

    const { course } = await start(false);

    expect(course.chapters.map(({ id }) => id)).toEqual(['chapter-1']);
  });

  it('refuses to start with an invalid course and names the file', async () => {
    await write('02.md', 'nothing');

    const problems = await start(false).catch((error: unknown) => (error as ConfigError).problems);

    expect(problems).toEqual([expect.stringMatching(/02\.md: does not begin with front matter/)]);
  });

  it.each([
    ['an empty folder', async () => rm(join(directory, '01.md')), /holds no chapter/],
    ['no folder', async () => rm(directory, { recursive: true }), /cannot be read \(ENOENT\)/],
  ])('refuses to start with %s', async (_, remove, problem) => {
    await remove();

    await expect(start(false)).rejects.toThrow(problem);
  });

  it('loads an edited file while running', async () => {
    const running = await start(true);

    await write('01.md', titled('Edited'));

    await eventually(() => expect(running.course.chapters[0]?.title).toBe('Edited'));
  });

  const writeQuiz = async (passPercent: number) => {
    await mkdir(join(directory, 'quizzes'), { recursive: true });
    await write('quizzes/chapter-1.yaml', aQuizText(aQuiz({ passPercent })));
  };

  it('loads an edited quiz while running', async () => {
    await writeQuiz(70);
    const running = await start(true);
    expect(running.course.findQuiz('chapter-1')?.quiz.passPercent).toBe(70);

    await writeQuiz(80);

    await eventually(() => expect(running.course.findQuiz('chapter-1')?.quiz.passPercent).toBe(80));
  });

  it('refuses to start with an invalid quiz and names the file', async () => {
    await writeQuiz(101);

    const problems = await start(false).catch((error: unknown) => (error as ConfigError).problems);

    expect(problems).toEqual([expect.stringMatching(/quizzes.chapter-1\.yaml: pass_percent /)]);
  });

  it('refuses to start when the quizzes cannot be read', async () => {
    await write('quizzes', 'a file, not a folder');

    await expect(start(false)).rejects.toThrow(/quizzes cannot be read \(ENOTDIR\)/);
  });

  it('keeps the last valid course after an invalid edit and loads the fix', async () => {
    const running = await start(false);
    const before = running.course;

    await write('01.md', 'broken');
    await running.reload();
    expect(running.course).toBe(before);

    await write('01.md', titled('Repaired'));
    await running.reload();
    expect(running.course.chapters[0]?.title).toBe('Repaired');
  });

  it('does not reload the files when reloading is off', async () => {
    const running = await start(false);

    await write('01.md', titled('Edited'));
    await new Promise((resolve) => setTimeout(resolve, 400));

    expect(running.course.chapters[0]?.title).toBe('A title');
  });
});
