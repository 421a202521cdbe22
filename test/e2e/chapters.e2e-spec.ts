import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Client } from 'pg';
import { withClient } from '../../local/postgres';
import type { Chapter } from '../../src/modules/chapters';
import { CourseService } from '../../src/modules/chapters/course/course.service';
import { testConfig } from '../support/config';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { createHttpApp } from '../support/watched-app';

// Nobody answers on port 1, so these tests need neither Stripe nor Redis.
const UNREACHABLE = { STRIPE_API_BASE: 'http://127.0.0.1:1' };

interface Call {
  readonly method?: 'GET' | 'POST';
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Student {
  readonly id: string;
  readonly token: string;
}

describe('chapters', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let chapters: readonly Chapter[];
  let free: Student;
  let premium: Student;

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await createHttpApp(testConfig({ databaseUrl: database.url, env: UNREACHABLE }));
    chapters = app.get(CourseService).course.chapters;
    free = await register('free@example.test');
    premium = await register('premium@example.test');
    await grant(premium, { endsAt: null });
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  async function register(email: string): Promise<Student> {
    const payload = { email, password: 'correct horse battery', full_name: 'Ada Student' };
    const answer = await app.inject({ method: 'POST', url: '/api/v1/auth/register', payload });
    const { access_token: token, user } = answer.json<{ access_token: string; user: { id: string } }>();
    return { id: user.id, token };
  }

  async function grant({ id }: Student, { endsAt }: { endsAt: Date | null }): Promise<void> {
    const sql = `INSERT INTO grants (user_id, reason, starts_at, ends_at, granted_by)
                 VALUES ($1, 'test', now() - interval '10 days', $2, $1)`;
    await withClient(database.url, (client) => client.query(sql, [id, endsAt]));
  }

  const call = (path: string, { method = 'GET', token, headers = {} }: Call = {}) =>
    app.inject({
      method,
      url: `/api/v1${path}`,
      headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
    });

  /** Every route that returns a chapter's text: add new ones here. */
  const doorsTo = (chapter: Chapter): [method: 'GET' | 'POST', path: string][] => [
    ['GET', `/chapters/${chapter.id}`],
    ...chapter.sections.flatMap(({ id }): ['GET' | 'POST', string][] => [
      ['GET', `/chapters/${chapter.id}/sections/${id}`],
      ['POST', `/progress/sections/${id}/open`],
      ['POST', `/progress/sections/${id}/complete`],
    ]),
  ];
  const premiumDoors = () =>
    chapters.filter(({ tier }) => tier === 'premium').flatMap((chapter) => doorsTo(chapter));

  /** Text long enough to be recognised as the author's. */
  const sentencesOf = (chapter: Chapter): string[] =>
    chapter.sections
      .flatMap(({ body }) => body.split(/(?<=[.!?:])\s+|\n+/))
      .filter((sentence) => sentence.length > 40)
      .map((sentence) => JSON.stringify(sentence).slice(1, -1));

  it('lists the six chapters to a free student: three open, three locked', async () => {
    const answer = await call('/chapters', { token: free.token });

    expect(answer.statusCode).toBe(200);
    const list = answer.json<Record<string, unknown>[]>();
    expect(list.map((one) => [one.id, one.position, one.access_tier, one.user_has_access])).toEqual([
      ['chapter-1', 1, 'free', true],
      ['chapter-2', 2, 'free', true],
      ['chapter-3', 3, 'free', true],
      ['chapter-4', 4, 'premium', false],
      ['chapter-5', 5, 'premium', false],
      ['chapter-6', 6, 'premium', false],
    ]);
    expect(list[3]).toMatchObject({
      title: 'Advanced Prompting Techniques',
      subtitle: expect.any(String),
      difficulty: 'intermediate',
      estimated_minutes: expect.any(Number),
      user_progress: { status: 'not_started', completed_sections: 0, percent: 0 },
    });
  });

  it('opens all six to a premium student', async () => {
    const list = (await call('/chapters', { token: premium.token })).json<{ user_has_access: boolean }[]>();

    expect(list.every((one) => one.user_has_access)).toBe(true);
  });

  it.each(['/chapters', '/chapters/chapter-1', '/chapters/chapter-4', '/chapters/chapter-4/sections/x'])(
    'requires a token at %s',
    async (path) => {
      expect((await call(path)).statusCode).toBe(401);
    },
  );

  it('gives a free chapter with content, sections and navigation', async () => {
    const answer = await call('/chapters/chapter-3', { token: free.token });

    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    const body = answer.json<{ content: string; sections: unknown[]; navigation: unknown }>();
    for (const { body: text } of chapters[2]?.sections ?? []) expect(body.content).toContain(text);
    expect(body.content).not.toContain('{#');
    expect(body.sections).toHaveLength(chapters[2]?.sections.length ?? 0);
    expect(body.navigation).toEqual({
      previous_chapter: expect.objectContaining({ id: 'chapter-2', user_has_access: true }),
      next_chapter: {
        id: 'chapter-4',
        title: 'Advanced Prompting Techniques',
        access_tier: 'premium',
        user_has_access: false,
      },
    });
  });

  it('leaves out the neighbour that does not exist', async () => {
    const first = await call('/chapters/chapter-1', { token: free.token });
    const last = await call('/chapters/chapter-6', { token: premium.token });

    expect(Object.keys(first.json<{ navigation: object }>().navigation)).toEqual(['next_chapter']);
    expect(Object.keys(last.json<{ navigation: object }>().navigation)).toEqual(['previous_chapter']);
  });

  it('gives one section with its neighbours', async () => {
    const [first, second, third] = chapters[0]?.sections ?? [];

    const answer = await call(`/chapters/chapter-1/sections/${second?.id}`, { token: free.token });

    expect(answer.json()).toMatchObject({
      id: second?.id,
      chapter: { id: 'chapter-1' },
      content: `## ${second?.title}\n\n${second?.body}`,
      completed: false,
      navigation: {
        previous_section: { id: first?.id, title: first?.title },
        next_section: { id: third?.id, title: third?.title },
      },
    });
  });

  it('answers every premium route with the locked body and no premium text', async () => {
    const sentences = chapters.filter(({ tier }) => tier === 'premium').flatMap(sentencesOf);
    expect(sentences.length).toBeGreaterThan(100);
    for (const [method, path] of premiumDoors()) {
      const answer = await call(path, { method, token: free.token });

      expect([path, answer.statusCode]).toEqual([path, 403]);
      expect(answer.headers['content-type']).toContain('application/problem+json');
      expect(answer.headers.etag).toBeUndefined();
      expect(answer.json()).toMatchObject({
        code: 'premium_required',
        required_tier: 'premium',
        current_tier: 'free',
        upgrade: { operation_id: 'createCheckoutSession', plans: [{ plan: 'monthly' }, { plan: 'yearly' }] },
        next_action: 'subscribe',
      });
      expect(sentences.filter((sentence) => answer.body.includes(sentence))).toEqual([]);
    }
  });

  it('shows objectives, introduction and section titles in the preview', async () => {
    const chapter = chapters[3];

    const answer = await call('/chapters/chapter-4', { token: free.token });

    expect(answer.json()).toMatchObject({
      resource: { type: 'chapter', id: 'chapter-4', title: chapter?.title },
      preview: {
        introduction: chapter?.introduction,
        objectives: chapter?.objectives,
        section_titles: chapter?.sections.map(({ title }) => title),
      },
    });
  });

  it('opens every premium route to a premium student', async () => {
    for (const [method, path] of premiumDoors()) {
      expect([path, (await call(path, { method, token: premium.token })).statusCode]).toEqual([path, 200]);
    }
  });

  it('refuses a student whose access has ended, even with a valid tag', async () => {
    const lapsing = await register('lapsing@example.test');
    await grant(lapsing, { endsAt: null });
    const before = await call('/chapters/chapter-4', { token: lapsing.token });
    await withClient(database.url, (client) =>
      client.query('UPDATE grants SET ends_at = now() WHERE user_id = $1', [lapsing.id]),
    );

    const headers = { 'if-none-match': String(before.headers.etag) };
    const after = await call('/chapters/chapter-4', { token: lapsing.token, headers });

    expect([before.statusCode, after.statusCode]).toEqual([200, 403]);
    expect(after.json()).toHaveProperty('code', 'premium_required');
  });

  it.each([
    ['GET', '/chapters/chapter-7', 'chapter_not_found'],
    ['GET', '/chapters/chapter-7/sections/x', 'chapter_not_found'],
    ['GET', '/chapters/chapter-1/sections/x', 'section_not_found'],
    ['GET', '/chapters/chapter-4/sections/x', 'section_not_found'],
    ['POST', '/progress/sections/x/open', 'section_not_found'],
    ['POST', '/progress/sections/x/complete', 'section_not_found'],
  ] as const)('answers %s %s with 404 %s', async (method, path, code) => {
    const answer = await call(path, { method, token: free.token });

    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([404, code]);
  });

  it.each(['/chapters/chapter-1', '/chapters/chapter-1/sections/SECTION'])(
    'answers 304 at %s for the current version, until something changes',
    async (pattern) => {
      const { token } = await register(`reader-${pattern.length}@example.test`);
      const section = chapters[0]?.sections[0]?.id ?? '';
      const path = pattern.replace('SECTION', section);
      const first = await call(path, { token });
      const headers = { 'if-none-match': String(first.headers.etag) };

      const second = await call(path, { token, headers });
      await call(`/progress/sections/${section}/complete`, { method: 'POST', token });
      const third = await call(path, { token, headers });

      expect(first.headers).toMatchObject({ 'cache-control': 'private, no-cache', vary: 'Authorization' });
      expect([second.statusCode, second.body, second.headers.etag]).toEqual([304, '', first.headers.etag]);
      expect(second.headers).toMatchObject({ 'cache-control': 'private, no-cache', vary: 'Authorization' });
      expect(third.statusCode).toBe(200);
      expect(third.headers.etag).not.toBe(first.headers.etag);
    },
  );

  it('counts completed sections once, and does not count reading', async () => {
    const { token } = await register('progress@example.test');
    const { sections = [] } = chapters[1] ?? {};
    const progress = async () =>
      (await call('/chapters', { token })).json<{ user_progress: object }[]>()[1]?.user_progress;

    await call('/chapters/chapter-2', { token });
    expect(await progress()).toMatchObject({ status: 'not_started', total_sections: sections.length });

    const complete = (id = '') => call(`/progress/sections/${id}/complete`, { method: 'POST', token });
    await complete(sections[0]?.id);
    const again = await complete(sections[0]?.id);
    expect(again.json()).toEqual({
      chapter_id: 'chapter-2',
      section_id: sections[0]?.id,
      user_progress: await progress(),
      next_action: 'getNextStep',
    });
    expect(await progress()).toMatchObject({ status: 'in_progress', completed_sections: 1 });

    for (const { id } of sections) await complete(id);
    expect(await progress()).toMatchObject({ status: 'completed', percent: 100 });
  });

  it('opens a section: returns the text of getSection and records the position', async () => {
    const { token } = await register('opener@example.test');
    const [, second] = chapters[1]?.sections ?? [];
    const path = `/chapters/chapter-2/sections/${second?.id}`;
    const before = await call(path, { token });

    const opened = await call(`/progress/sections/${second?.id}/open`, { method: 'POST', token });
    const after = await call(path, { token, headers: { 'if-none-match': String(before.headers.etag) } });

    expect(opened.statusCode).toBe(200);
    expect(opened.headers.etag).toBeUndefined();
    expect(opened.json()).toEqual({
      ...after.json<object>(),
      user_progress: expect.objectContaining({ status: 'in_progress', opened_sections: 1, percent: 0 }),
      next_action: 'completeSection',
    });
    expect([before.json(), after.json()]).toEqual([
      expect.objectContaining({ opened: false, completed: false }),
      expect.objectContaining({ opened: true, completed: false }),
    ]);
  });

  it('refuses to start without a course, in one readable block', async () => {
    const env = { ...UNREACHABLE, CONTENT_DIR: 'migrations' };

    const start = createHttpApp(testConfig({ databaseUrl: database.url, env }));

    await expect(start).rejects.toThrow(/not usable:\n {2}- CONTENT_DIR migrations holds no chapter/);
  });

  it('answers 503 when access cannot be read: neither free nor locked', async () => {
    const blocker = new Client({ connectionString: database.url });
    await blocker.connect();
    try {
      await blocker.query('BEGIN; LOCK TABLE grants IN ACCESS EXCLUSIVE MODE');

      const answer = await call('/chapters/chapter-4', { token: free.token });

      expect(answer.statusCode).toBe(503);
      expect(answer.headers['retry-after']).toBeDefined();
      expect(answer.body).not.toMatch(/premium|free/);
    } finally {
      await blocker.end();
    }
  });
});
