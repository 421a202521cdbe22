import { randomBytes } from 'node:crypto';
import type { Client } from 'pg';
import pg from 'pg';
import type { Role } from '../../src/common/domain/principal';
import { AccessTokensService } from '../../src/modules/auth/access-tokens.service';
import { SessionsService } from '../../src/modules/auth/sessions.service';
import { CourseService } from '../../src/modules/chapters/course/course.service';
import { TestApp } from '../support/app';
import { WEBHOOK_SECRET } from '../support/config';
import { Operator } from '../support/operator';
import { submitRightAnswers } from '../support/quiz';
import { findRoutes } from '../support/routes';
import { SandboxControl } from '../support/sandbox-control';
import { type Student } from '../support/student';
import { becomePremium } from '../support/purchase';
import type { Facts } from './oracles';
import { headersOf, type AbuseRequest, type Actor } from './request';
import { badAuthorizations } from './strangers';
import type { Known } from './valid';
import { Wire, type WireAnswer } from './wire';

/** A user whose data no other caller may see or change. */
export interface Victim {
  readonly id: string;
  /** Who may see and change it. Nobody acts as the silent victim. */
  readonly actor: Actor | 'nobody';
  /** What identifies them or belongs to them alone. */
  readonly secrets: readonly string[];
}

type Signed = Exclude<Actor, 'anonymous' | 'stranger'>;

const UNIQUE =
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$|^(cus|sub|cs|in|ch|pi|si|re|du)_\w{8,}|canary|@example\.test$/i;

/** The running system with a course, two students who act, one who only has something to lose, and an operator. */
export class World {
  readonly wire: Wire;
  private tokens: Record<Signed, string>;
  private strangers: readonly string[] = [];
  private tables: readonly string[] = [];
  victims: readonly Victim[] = [];
  known: Known = {};
  /** Sentences that only premium students may read. */
  premiumTexts: readonly string[] = [];

  private constructor(
    readonly app: TestApp,
    private readonly database: Client,
    private readonly people: Record<Signed, { readonly id: string; readonly role: Role }>,
    private readonly silent: Student,
  ) {
    this.wire = new Wire(Number(new URL(app.apiUrl).port));
    this.tokens = { 'student-a': '', 'student-b': '', operator: '' };
  }

  static async start(): Promise<World> {
    // Without limits, as all test configurations: they would hide what lies behind them, and are tested elsewhere.
    const app = await TestApp.start();
    const [a, b, silent] = [await aStudent(app), await aStudent(app), await aStudent(app)];
    const operator = await Operator.signIn(app);
    await Promise.all([becomePremium(app, { student: b }), becomePremium(app, { student: silent })]);
    await a.checkout();
    await study(app, a, 3);
    await study(app, b, 4);
    await study(app, silent, 6);
    if ((await silent.get('/certificate')).status !== 200) throw new Error('no certificate');
    await operator.post(`/users/${silent.id}/grants`, { reason: 'something to revoke' });
    // From now on only requests change anything: no worker, and no word from Stripe about what a request did there.
    await app.stopWorker();
    await new SandboxControl(app.sandbox.url).pauseDeliveries();
    const database = new pg.Client({ connectionString: app.database.url });
    await database.connect();
    const people = {
      'student-a': { id: a.id, role: 'student' },
      'student-b': { id: b.id, role: 'student' },
      operator: { id: operator.id, role: 'operator' },
    } as const;
    const world = new World(app, database, people, silent);
    await world.prepare();
    return world;
  }

  async stop(): Promise<void> {
    this.wire.close();
    await this.database.end();
    await this.app.stop();
  }

  send(request: AbuseRequest): Promise<WireAnswer> {
    const { actor, method, target, body } = request;
    const headers =
      actor === 'stranger'
        ? { authorization: this.strangerFor(target), ...request.headers }
        : headersOf(request, actor === 'anonymous' ? undefined : this.tokens[actor]);
    return this.wire.send({ method, target, headers, body });
  }

  /** A new session, without the cost of a password: the last one may have been ended by a request of its own. */
  async signIn(actor: Actor): Promise<void> {
    if (actor === 'anonymous' || actor === 'stranger') return;
    this.tokens = { ...this.tokens, [actor]: await this.newToken(this.people[actor]) };
  }

  facts(): Facts {
    const { course } = this.service(CourseService);
    return {
      routes: findRoutes(this.app.web),
      victims: this.victims,
      premiumTexts: this.premiumTexts,
      premiumChapters: course.chapters.filter(({ tier }) => tier === 'premium').map(({ id }) => id),
      secrets: [WEBHOOK_SECRET, 'sk_test_sandbox', this.app.database.url, process.cwd()],
    };
  }

  /** A digest of what belongs to each victim in each table, by `table victim`. */
  async digests(): Promise<ReadonlyMap<string, string>> {
    const parts = this.tables.map(
      (table) =>
        `SELECT '${table} ' || v.id AS name, md5(string_agg(${textOf(table)}, '|' ORDER BY ${textOf(table)})) AS digest
         FROM unnest($1::uuid[]) v(id) JOIN ${table} t ON ${ownerOf(table)} = v.id GROUP BY v.id`,
    );
    const ids = this.victims.map(({ id }) => id);
    const { rows } = await this.database.query<{ name: string; digest: string }>(parts.join(' UNION ALL '), [
      ids,
    ]);
    return new Map(rows.map(({ name, digest }) => [name, digest]));
  }

  private async newToken({ id, role }: { readonly id: string; readonly role: Role }): Promise<string> {
    const { sessionId } = await this.service(SessionsService).open(id);
    return this.service(AccessTokensService).issue({ userId: id, role, sessionId }).token;
  }

  private service<T>(type: new (...args: never[]) => T): T {
    return this.app.web.get<T>(type, { strict: false });
  }

  /** The same target always meets the same bad token, so that a seed repeats everything. */
  private strangerFor(target: string): string {
    return this.strangers[target.length % this.strangers.length] ?? '';
  }

  private async prepare(): Promise<void> {
    const { rows } = await this.database.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.columns
       WHERE table_schema = 'public' AND column_name = 'user_id' ORDER BY 1`,
    );
    this.tables = ['users', ...rows.map(({ name }) => name).filter((name) => name !== MAILED_TO_ANYBODY)];
    for (const actor of ['student-a', 'student-b', 'operator'] as const) await this.signIn(actor);
    const silent = { id: this.silent.id, role: 'student' } as const;
    const ended = await this.service(SessionsService).open(silent.id);
    const stale = this.service(AccessTokensService).issue({ ...silent, ...ended, userId: silent.id }).token;
    await this.service(SessionsService).end(ended.sessionId);
    this.strangers = [`Bearer ${stale}`, ...badAuthorizations(await this.newToken(silent), silent.id)];
    this.victims = [
      { id: this.people['student-a'].id, actor: 'student-a', secrets: [] },
      { id: this.people['student-b'].id, actor: 'student-b', secrets: [] },
      { id: silent.id, actor: 'nobody', secrets: [] },
    ];
    const victims: Victim[] = [];
    for (const one of this.victims) victims.push({ ...one, secrets: await this.secretsOf(one.id) });
    this.victims = victims;
    this.learn([ended.refreshToken]);
    this.known = { ...this.known, ...(await this.knownIds()) };
  }

  private async secretsOf(userId: string): Promise<string[]> {
    const found = new Set<string>();
    for (const table of this.tables) {
      const sql = `SELECT to_jsonb(t) AS row FROM ${table} t WHERE ${ownerOf(table)} = $1`;
      const { rows } = await this.database.query<{ row: Record<string, unknown> }>(sql, [userId]);
      for (const { row } of rows) secretsIn(row).forEach((secret) => found.add(secret));
    }
    return [...found];
  }

  private learn(endedRefreshTokens: readonly string[]): void {
    const { course } = this.service(CourseService);
    const premium = course.chapters.filter(({ tier }) => tier === 'premium');
    const open = JSON.stringify(
      course.chapters.map((one) => (one.tier === 'premium' ? [one.objectives, one.subtitle] : one)),
    );
    this.premiumTexts = premium
      .flatMap(({ sections }) => sections.map(({ body }) => body.split('\n')))
      .flatMap((lines) => lines.filter((line) => line.length > 70 && !line.includes('"')).slice(0, 8))
      .filter((line) => !open.includes(line));
    const chapters = course.chapters.map(({ id }) => id);
    this.known = {
      chapterId: chapters,
      sectionId: course.chapters.flatMap(({ sections }) => sections.map(({ id }) => id)),
      question_id: chapters.flatMap((id) => course.findQuiz(id)?.quiz.questions.map((one) => one.id) ?? []),
      refresh_token: endedRefreshTokens,
      time_zone: ['Europe/Berlin', 'UTC', 'Asia/Kathmandu'],
      term: ['RAG', 'token', 'hallucination'],
      seconds: [0, 60],
      rest: ['authorize', 'token', 'revoke', 'authorize/x', 'connections', 'password', '%2e%2e/token'],
      client_id: ['chatgpt-actions', 'swagger-ui'],
      response_type: ['code', 'token', 'none'],
      password: ['wrong horse battery'],
    };
  }

  private async knownIds(): Promise<Known> {
    const column = async (sql: string) =>
      (await this.database.query<{ value: string }>(sql)).rows.map(({ value }) => value);
    // Student A stays free: no operator may happen to grant access to A.
    const free = this.people['student-a'].id;
    const users = await column(`SELECT id AS value FROM users WHERE id <> '${free}' ORDER BY created_at`);
    const emails = await column('SELECT email AS value FROM users ORDER BY created_at');
    const customers = await column(
      'SELECT stripe_customer_id AS value FROM users WHERE stripe_customer_id IS NOT NULL',
    );
    return {
      userId: users,
      grantId: await column('SELECT id AS value FROM grants'),
      id: await column('SELECT id AS value FROM webhook_events ORDER BY id LIMIT 30'),
      q: ['token', 'prompt injection', '"chain of thought" -few', ...emails, ...customers],
      email: [...emails, 'new@example.test'],
      customer_id: customers,
      type: ['invoice.paid', 'customer.subscription.updated'],
    };
  }
}

function secretsIn(row: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(row).flatMap(([name, value]) => {
    const isCode = name === 'short_code' || name === 'code';
    return typeof value === 'string' && (isCode || UNIQUE.test(value)) ? [value] : [];
  });
}

/** Anyone may request a reset link for any address: that is the purpose of the operation. */
const MAILED_TO_ANYBODY = 'auth_email_tokens';

/**
 * A subject is a lock with a reminder to sync: anyone who opens the return page of a checkout makes us ask Stripe about its
 * customer, which moves lease, fence and counters. They are nobody's data.
 */
const textOf = (table: string) => (table === 'subjects' ? `t.id || ' ' || t.user_id` : 't::text');

const ownerOf = (table: string) => (table === 'users' ? 't.id' : 't.user_id');

async function aStudent(app: TestApp): Promise<Student> {
  const student = await app.student();
  const canary = `Canary ${randomBytes(6).toString('hex')}`;
  await app.sql('UPDATE users SET full_name = $2 WHERE id = $1', [student.id, canary]);
  return student;
}

/** Reads a section of each chapter and takes its quiz; who takes all of them earns the certificate. */
async function study(app: TestApp, student: Student, chapters: number): Promise<void> {
  const { course } = app.web.get(CourseService, { strict: false });
  for (const { id, sections } of course.chapters.slice(0, chapters)) {
    for (const section of sections) await student.post(`/progress/sections/${section.id}/complete`);
    const quiz = course.findQuiz(id)?.quiz;
    if (quiz) await submitRightAnswers(student, quiz);
  }
}
