import { readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { CourseService } from '../../src/modules/chapters/course/course.service';
import { TestApp } from '../support/app';
import { applicationToken } from '../support/application-token';
import { MONTHLY_PRICE } from '../support/config';
import { writeExampleCourse } from '../support/example-course';
import { shapeOf, toExample } from '../support/example-text';
import { Operator } from '../support/operator';
import type { OpenApiDocument } from '../support/openapi-schemas';
import { Player, type Play } from '../support/player';
import { asAnswerList, rightAnswers, toQuiz } from '../support/quiz';
import { pay, type Student } from '../support/student';
import { eventually } from '../support/wait';

const FILE = 'src/openapi/examples.json';
const WRITE = process.env['UPDATE_EXAMPLES'] === '1';

const read = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as unknown;
const SCOPES = ['chapters:read', 'profile:read', 'subscription:read', 'subscription:write'] as const;
/** Not called: Stripe signs its events, a dead event takes minutes, a document needs no copy of itself, and an export is long. */
const WITHOUT_EXAMPLE = ['receiveStripeEvent', 'replayWebhookEvent', 'getActionsDocument', 'exportMyData'];

interface Recorded {
  readonly parameters?: unknown;
  readonly body?: unknown;
  readonly answer: unknown;
}

/**
 * Calls every operation of both documents on the running system and records the examples of the documents.
 * `npm run examples:write` writes them; a plain run compares them.
 */
describe('the examples of the documents', () => {
  const recorded = new Map<string, Recorded>();
  let content: string;
  let app: TestApp;
  let chatgpt: Player;
  let api: Player;

  beforeAll(async () => {
    content = await writeExampleCourse();
    app = await TestApp.start({ env: { CONTENT_DIR: content } });
    chatgpt = new Player(app.apiUrl, read('chatgpt/actions.openapi.json') as OpenApiDocument);
    api = new Player(app.apiUrl, read('docs/openapi.json') as OpenApiDocument);
  });
  afterAll(async () => {
    await app.stop();
    await rm(content, { recursive: true, force: true });
  });

  /** Calls the operation and records its first success. */
  const record = (player: Player) => async (operationId: string, play: Play) => {
    const answer = await player.play(operationId, play);
    if (answer.status >= 300) throw new Error(`${operationId}: ${answer.status} ${answer.text}`);
    const { parameters, body } = play;
    if (!recorded.has(operationId)) recorded.set(operationId, { parameters, body, answer: answer.body });
    return answer.body;
  };

  const inChatgpt = (student: Student) => {
    const token = applicationToken(app.web, student.token, SCOPES);
    const play = record(chatgpt);
    return {
      play: (operationId: string, given: Omit<Play, 'token'> = {}) => play(operationId, { ...given, token }),
      refuse: async (operationId: string, given: Omit<Play, 'token'> = {}) =>
        (await chatgpt.play(operationId, { ...given, token })).body,
    };
  };
  type Conversation = ReturnType<typeof inChatgpt>;

  async function takeQuiz({ play }: Conversation, chapterId: string): Promise<void> {
    const shown = toQuiz({ body: await play('getQuiz', { parameters: { chapterId } }) });
    const quiz = app.web.get(CourseService, { strict: false }).course.findQuiz(chapterId)?.quiz;
    if (quiz === undefined) throw new Error(`${chapterId} has no quiz`);
    const answer_list = asAnswerList(rightAnswers(quiz, shown));
    await play('submitQuiz', { parameters: { chapterId }, body: { answer_list } });
  }

  /** Account operations, with the links of real emails. */
  async function playAccount(
    play: ReturnType<typeof record>,
    email: string,
    password: string,
  ): Promise<void> {
    const tokenOf = async (subject: string, count = 1) =>
      new URL((await app.mails.waitFor(email, subject, count)).link ?? '').searchParams.get('token') ?? '';
    const signIn = async (secret: string) =>
      String((await play('login', { body: { email, password: secret } }))['access_token']);
    const newer = 'a horse that reads batteries';

    await tokenOf('Verify');
    await app.sql(`UPDATE auth_email_tokens SET issued_at = issued_at - interval '2 minutes'`);
    await play('resendVerificationEmail', { token: await signIn(password) });
    await play('verifyEmail', { body: { token: await tokenOf('Verify', 2) } });
    await play('requestPasswordReset', { body: { email } });
    const token = await tokenOf('Set a new password');
    await play('resetPassword', { body: { token, new_password: newer } });
    const body = { current_password: newer, new_password: password };
    await play('changePassword', { token: await signIn(newer), body });
    const change = { new_email: 'ada.student@example.test', password };
    await play('changeEmail', { token: await signIn(password), body: change });
  }

  it('are the answers for a free student', async () => {
    const { play, refuse } = inChatgpt(await app.student());

    await play('getNextStep');
    await play('getCourse');
    await play('listChapters');
    await play('getChapter', { parameters: { chapterId: 'chapter-1' } });
    const sectionId = 'chapter-1-part-1';
    await play('getSection', { parameters: { chapterId: 'chapter-1', sectionId } });
    await play('openSection', { parameters: { sectionId } });
    await play('completeSection', { parameters: { sectionId }, body: { seconds: 240 } });
    await eventually(() => play('searchChapters', { parameters: { q: 'tokens', limit: 2 } }));
    await play('getGlossaryTerm', { parameters: { term: 'RAG' } });
    const conversation = { play, refuse };
    await takeQuiz(conversation, 'chapter-1');
    await play('listQuizAttempts', { parameters: { chapterId: 'chapter-1' } });
    await play('setTimeZone', { body: { time_zone: 'Europe/Berlin' } });
    await play('getProgress');
    await play('getCurrentUser');

    expect(await refuse('getChapter', { parameters: { chapterId: 'chapter-4' } })).toMatchObject({
      code: 'premium_required',
      upgrade: { operation_id: 'createCheckoutSession', plans: [{ plan: 'monthly' }, { plan: 'yearly' }] },
    });
    expect(await refuse('getQuiz', { parameters: { chapterId: 'chapter-5' } })).toMatchObject({
      code: 'premium_required',
    });
    expect(await refuse('getCertificate')).toMatchObject({ code: 'certificate_not_earned' });
    expect(await refuse('cancelSubscription')).toMatchObject({ code: 'no_subscription' });
    expect(await refuse('getGlossaryTerm', { parameters: { term: 'no such thing' } })).toMatchObject({
      code: 'glossary_term_not_found',
    });
    expect(await refuse('searchChapters', { parameters: { q: '!' } })).toMatchObject({
      code: 'invalid_request',
    });
  });

  it('are the answers for a student who buys, reads everything, cancels and resumes', async () => {
    const student = await app.student();
    const conversation = inChatgpt(student);
    const { play, refuse } = conversation;
    await play('listPlans');
    const { session_id: sessionId } = await play('createCheckoutSession', { body: { plan: 'monthly' } });
    expect(await refuse('getSubscriptionStatus')).toMatchObject({ is_premium: false, state: 'pending' });
    await pay(app.stripe, String(sessionId));
    await eventually(async () => expect(await student.isPremium()).toBe(true), { timeoutMs: 8000 });
    await play('getSubscriptionStatus');
    await play('openBillingPortal', { body: {} });
    await eventually(() => play('requestRefund', { body: { reason: 'I bought it twice by mistake.' } }));
    expect(await refuse('createCheckoutSession', { body: { plan: 'monthly' } })).toMatchObject({
      code: 'already_subscribed',
    });
    await play('listInvoices', { parameters: { limit: 5 } });
    const quote = await play('previewPlanChange', { body: { plan: 'yearly' } });
    await play('changePlan', { body: { plan: 'yearly', quote_id: quote['quote_id'] } });
    for (const chapter of app.web.get(CourseService, { strict: false }).course.chapters) {
      await play('getChapter', { parameters: { chapterId: chapter.id } });
      for (const { id: sectionId } of chapter.sections) {
        await play('getSection', { parameters: { chapterId: chapter.id, sectionId } });
        await play('completeSection', { parameters: { sectionId } });
      }
      await takeQuiz(conversation, chapter.id);
    }
    await play('getGlossaryTerm');
    await play('getNextStep');
    await play('getProgress');
    await play('getCertificate');
    await play('cancelSubscription', { body: { when: 'period_end', reason: 'too_expensive' } });
    await play('resumeSubscription');

    expect(chatgpt.operationIds.filter((id) => !recorded.has(id))).toEqual([]);
  });

  it('are the answers for accounts, operators and programs', async () => {
    const play = record(api);
    const email = 'student-0a1b2c@example.test';
    const password = 'correct horse battery staple';
    await play('register', { body: { email, password, full_name: 'Ada Student' } });
    const signedIn = await play('login', { body: { email, password } });
    const refreshed = await play('refresh', { body: { refresh_token: signedIn['refresh_token'] } });
    await play('logout', { body: { refresh_token: refreshed['refresh_token'] } });
    await playAccount(play, email, password);
    for (const id of ['getSigningKeys', 'getLiveness', 'getReadiness', 'getPaymentsHealth'])
      await play(id, {});
    const served = await api.play('getActionsDocument');
    expect(served.body).toMatchObject({ servers: [{ url: app.apiUrl }] });

    const buyer = await app.student();
    await pay(app.stripe, (await buyer.checkout()).sessionId);
    await eventually(async () => expect(await buyer.isPremium()).toBe(true), { timeoutMs: 8000 });
    await eventually(() =>
      play('requestRefund', { token: buyer.token, body: { reason: 'I bought it twice.' } }),
    );
    await play('listRefundRequests', { token: buyer.token });
    await play('getMyAccess', { token: buyer.token });
    const operator = await Operator.signIn(app);
    const { token } = operator;
    const userId = buyer.id;
    const reason = 'asked for by support';
    await play('findUsers', { token, parameters: { q: userId } });
    const granted = await play('grantAccess', { token, parameters: { userId }, body: { reason } });
    const { id: grantId } = granted['grant'] as { id: string };
    await play('revokeGrant', { token, parameters: { grantId }, body: { reason } });
    await play('syncUser', { token, parameters: { userId }, body: { reason } });
    await play('explainAccess', { token, parameters: { userId } });
    await play('getUserTimeline', { token, parameters: { userId, limit: 50 } });
    const type = 'customer.subscription.created';
    await eventually(async () =>
      expect((await operator.get(`/webhook-events?type=${type}`)).text).toContain(type),
    );
    const events = (await play('listWebhookEvents', { token, parameters: { type, limit: 2 } })) as unknown;
    const { id } = (events as { id: number }[])[0] ?? { id: 0 };
    await play('getWebhookEvent', { token, parameters: { id } });
    const parameters = { clientId: 'chatgpt-actions' };
    const callbacks = ['chatgpt.com', 'chat.openai.com'].map(
      (host) => `https://${host}/aip/g-1/oauth/callback`,
    );
    await play('makeClientSecret', { token, parameters, body: { reason } });
    await play('setRedirectUris', { token, parameters, body: { reason, redirect_uris: callbacks } });
    await play('listOAuthClients', { token });
    const { code } = recorded.get('getCertificate')?.answer as { code: string };
    await play('revokeCertificate', { token, parameters: { code }, body: { reason } });
    await play('getRevenue', { token });
    const person = { reason, email: 'operator-2@example.test', full_name: 'Grace Hopper' };
    const { id: operatorId } = await play('createOperator', { token, body: person });
    await play('listOperators', { token });
    const another = { token, parameters: { userId: String(operatorId) }, body: { reason } };
    await play('resetOperatorPassword', another);
    await play('disableOperator', another);
    await play('resendUserEmail', {
      token,
      parameters: { userId },
      body: { reason, email: 'password_reset' },
    });
    await play('renameUser', { token, parameters: { userId }, body: { reason, full_name: 'Ada Lovelace' } });
    await play('cancelUserSubscription', { token, parameters: { userId }, body: { reason } });
    await play('resumeUserSubscription', { token, parameters: { userId }, body: { reason } });
    const [bought] = await app.sql<{ customer: string; invoice: string; subscription: string }>(
      `SELECT customer_id AS customer, id AS invoice, subscription_id AS subscription FROM invoices WHERE user_id = $1`,
      [userId],
    );
    const { customer: customerId, invoice, subscription: subscription_id } = bought ?? {};
    await play('listRefusedDeliveries', { token });
    const requests = (await play('listOpenRefundRequests', { token })) as unknown;
    const { id: requestId } = (requests as { id: string }[]).at(-1) ?? { id: '' };
    const answer = 'The payment is older than our refund policy allows.';
    await play('decideRefundRequest', {
      token,
      parameters: { requestId },
      body: { reason, decision: 'decline', answer },
    });
    const second = await app.stripe.subscriptions.create({
      customer: customerId ?? '',
      items: [{ price: MONTHLY_PRICE }],
      default_payment_method: (
        await app.stripe.paymentMethods.attach('pm_card_visa', { customer: customerId ?? '' })
      ).id,
    });
    await eventually(() =>
      play('resolveDoubleSubscription', {
        token,
        parameters: { userId },
        body: { reason, subscription_id: second.id },
      }),
    );
    await play('refundUserInvoice', {
      token,
      parameters: { userId },
      body: { reason, invoice, amount: 100 },
    });
    await play('bindCustomer', { token, parameters: { userId }, body: { reason, customer_id: customerId } });
    const ended = await operator.post(`/users/${userId}/cancel-subscription`, {
      reason,
      when: 'now',
      subscription_id,
    });
    expect(ended.status).toBe(200);
    await play('unbindCustomer', {
      token,
      parameters: { userId, customerId: customerId ?? '' },
      body: { reason },
    });
    await play('endUserSessions', { token, parameters: { userId }, body: { reason } });
    await app.sql(
      `INSERT INTO operator_tasks (kind, fact, details) VALUES ('price_unavailable', 'price_1', '{}')`,
    );
    const tasks = (await play('listOperatorTasks', { token })) as unknown;
    const { id: taskId } = (tasks as { id: string }[])[0] ?? { id: '' };
    await play('resolveOperatorTask', { token, parameters: { taskId }, body: { reason } });
    await play('replayWebhookEvents', { token, body: { reason, status: 'processed', limit: 2 } });
    await app.sql(`UPDATE webhook_events SET status = 'dead' WHERE id = $1`, [id]);
    await play('ignoreWebhookEvent', { token, parameters: { id }, body: { reason } });
    await play('replayDeadEvents', { token, body: { reason, dry_run: true } });
    await play('listAuditLog', { token, parameters: { limit: 50 } });

    const left = api.operationIds.filter((one) => !recorded.has(one) && !WITHOUT_EXAMPLE.includes(one));
    expect(left).toEqual([]);
  });

  it(`are stored in ${FILE}`, () => {
    const origins = new Map([
      [app.apiUrl, 'https://companion.example.com'],
      [app.sandbox.url, 'https://checkout.stripe.com'],
    ]);
    if (WRITE) {
      const examples = [...recorded].toSorted(([a], [b]) => a.localeCompare(b));
      const shown = toExample(Object.fromEntries(examples), origins);
      writeFileSync(FILE, `${JSON.stringify(shown, null, 2)}\n`);
    }
    const committed = read(FILE) as Record<string, Recorded>;

    expect(Object.keys(committed)).toEqual([...recorded.keys()].toSorted((a, b) => a.localeCompare(b)));
    for (const [id, { answer }] of Object.entries(committed)) {
      const said = shapeOf(recorded.get(id)?.answer);
      expect([id, [...shapeOf(answer)].filter((member) => !said.has(member))]).toEqual([id, []]);
    }
  });
});

describe('the Actions document with the real course', () => {
  let app: TestApp;
  let chatgpt: Player;

  beforeAll(async () => {
    app = await TestApp.start();
    chatgpt = new Player(app.apiUrl, read('chatgpt/actions.openapi.json') as OpenApiDocument);
  });
  afterAll(() => app.stop());

  it('serves every chapter, section, quiz and term within the limits of ChatGPT', async () => {
    const student = await app.student();
    await pay(app.stripe, (await student.checkout()).sessionId);
    await eventually(async () => expect(await student.isPremium()).toBe(true), { timeoutMs: 8000 });
    const token = applicationToken(app.web, student.token, SCOPES);
    const get = async (operationId: string, parameters: Play['parameters'] = {}) => {
      const { status } = await chatgpt.play(operationId, { token, parameters });
      expect([operationId, status]).toEqual([operationId, 200]);
    };

    for (const { id: chapterId, sections } of app.web.get(CourseService, { strict: false }).course.chapters) {
      await get('getChapter', { chapterId });
      await get('getQuiz', { chapterId });
      for (const { id: sectionId } of sections) await get('getSection', { chapterId, sectionId });
    }
    for (const id of ['getCourse', 'listChapters', 'getProgress', 'getNextStep', 'getGlossaryTerm'])
      await get(id);
    await eventually(() => get('searchChapters', { q: 'model', limit: 20 }));
  });
});
