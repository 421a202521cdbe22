import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Clock } from '../../src/common/domain/clock';
import { aChapterText } from '../../src/modules/chapters/testing/chapter.factory';
import { aQuiz, aQuizText } from '../../src/modules/chapters/testing/quiz.factory';
import { TestApp } from './app';
import { submitRightAnswers } from './quiz';
import { SandboxControl } from './sandbox-control';
import type { Student } from './student';
import { eventually } from './wait';

const TIERS = ['free', 'free', 'free', 'premium', 'premium', 'premium'] as const;
const DAY_MS = 86_400_000;

export const sectionsOf = (chapter: number): string[] =>
  [1, 2, 3, 4, 5].map((part) => `chapter-${chapter}-part-${part}`);

/** The whole system with a course of six tiny chapters with quizzes, and what students do in it. */
export class SmallCourse {
  private constructor(
    readonly app: TestApp,
    private readonly content: string,
  ) {}

  static async start(): Promise<SmallCourse> {
    const content = await mkdtemp(join(tmpdir(), 'small-course-'));
    await mkdir(join(content, 'quizzes'));
    for (const [index, tier] of TIERS.entries()) {
      const position = index + 1;
      await writeFile(join(content, `${position}.md`), aChapterText({ position, frontMatter: { tier } }));
      await writeFile(join(content, 'quizzes', `chapter-${position}.yaml`), aQuizText(aQuiz({ position })));
    }
    return new SmallCourse(await TestApp.start({ env: { CONTENT_DIR: content } }), content);
  }

  async stop(): Promise<void> {
    await this.app.stop();
    await rm(this.content, { recursive: true, force: true });
  }

  /** Moves business time forward; returns when the backend has noticed. */
  async travelTo(moment: Date): Promise<void> {
    const clock = this.app.web.get(Clock);
    const days = (moment.getTime() - clock.now().getTime()) / DAY_MS;
    if (days < 0) throw new Error('time does not run backwards');
    await new SandboxControl(this.app.sandbox.url).advanceDays(days);
    await eventually(() => expect(clock.now().getTime()).toBeGreaterThan(moment.getTime() - 2000));
  }

  async complete(student: Student, section: string, body: object = {}): Promise<void> {
    const answer = await student.post(`/progress/sections/${section}/complete`, body);
    if (answer.status !== 200) throw new Error(`${section}: ${answer.status} ${answer.text}`);
  }

  async read(student: Student, chapter: number): Promise<void> {
    for (const section of sectionsOf(chapter)) await this.complete(student, section);
  }

  async pass(student: Student, chapter: number): Promise<void> {
    const graded = await submitRightAnswers(student, aQuiz({ position: chapter }));
    if (graded.body['passed'] !== true) throw new Error(`quiz ${chapter}: ${graded.status} ${graded.text}`);
  }

  async finish(student: Student, chapter: number): Promise<void> {
    await this.read(student, chapter);
    await this.pass(student, chapter);
  }

  async grant({ id }: Student): Promise<void> {
    const sql = `INSERT INTO grants (user_id, reason, starts_at, granted_by) VALUES ($1, 'test', now() - interval '1 day', $1)`;
    await this.app.sql(sql, [id]);
  }
}
