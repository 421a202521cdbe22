import { randomUUID } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { TestApp } from '../support/app';
import { ChatGpt, SignInNeeded } from '../support/chatgpt';
import { CHATGPT_CALLBACK, PASSWORD, setUpChatGpt, type OAuthClient } from '../support/oauth';
import { eventually } from '../support/wait';
import { launchChromium } from './chromium';
import { Visit } from './visit';

interface QuizQuestion {
  readonly id: string;
  readonly type: string;
  readonly options?: readonly { readonly id: string }[];
}

/** Something of the right shape, as a student who guesses would say. */
function guess({ type, options = [] }: Omit<QuizQuestion, 'id'>): string[] {
  const ids = options.map((option) => option.id);
  if (type === 'order') return ids;
  return ids.length > 0 ? ids.slice(0, 1) : [type === 'true_false' ? 'true' : 'tokens'];
}

/**
 * Whole conversations over the real OAuth flow and the Actions document, with a student's browser for what ChatGPT hands
 * over to it. Each step is what chatgpt/instructions.md tells the model to do.
 */
describe('a student learns inside ChatGPT', () => {
  let app: TestApp;
  let browser: Browser;
  let oauth: OAuthClient;
  let chatgpt: ChatGpt;
  let student: Visit;
  const email = `chatgpt-${randomUUID()}@example.test`;

  beforeAll(async () => {
    browser = await launchChromium();
    app = await TestApp.start();
    oauth = await setUpChatGpt(app);
    chatgpt = await ChatGpt.import(`${app.apiUrl}/chatgpt/openapi.json`, oauth);
    student = await Visit.start(browser, 'phone');
  });
  afterAll(async () => {
    await student?.end();
    await browser?.close();
    await app?.stop();
  });

  /** What happens behind "Sign in to …": authorization URL, our pages, and back with a code. */
  async function signInThroughBrowser(onOurPages: () => Promise<void>): Promise<void> {
    await student.page.goto(`${app.apiUrl}${oauth.authorizePath()}`);
    await onOurPages();
    await student.page.getByRole('button', { name: `Continue as ${email}` }).click();
    await student.page.waitForURL(`${CHATGPT_CALLBACK}?*`);
    await chatgpt.finishSignIn(new URL(student.page.url()).searchParams.get('code'));
  }

  it('is asked to sign in, registers, agrees, and is back', async () => {
    await expect(chatgpt.call('getNextStep')).rejects.toThrow(SignInNeeded);

    await signInThroughBrowser(async () => {
      await student.page.getByRole('link', { name: /Create an account/ }).click();
      await student.page.getByLabel('Your name').fill('Ada Lovelace');
      await student.page.getByLabel('Email address').fill(email);
      await student.page.getByLabel('Password').fill(PASSWORD);
      await student.page.getByRole('button', { name: 'Create account' }).click();
    });

    const { body } = await chatgpt.call('getCurrentUser');
    expect(body).toMatchObject({ email, is_premium: false });
  });

  it('is led to a section, reads it and completes it', async () => {
    const { body: step } = await chatgpt.call('getNextStep');
    const parameters = step['parameters'] as Record<string, string>;
    const chapter = await chatgpt.call('getChapter', { parameters: { chapterId: 'chapter-1' } });
    const [{ id: sectionId }] = chapter.body['sections'] as [{ id: string }];
    const opened = await chatgpt.call('openSection', { parameters: { sectionId } });
    const section = await chatgpt.call('getSection', {
      parameters: { chapterId: 'chapter-1', sectionId },
    });
    const done = await chatgpt.call('completeSection', { parameters: { sectionId }, body: { seconds: 300 } });

    expect(step['operation_id']).toEqual(expect.any(String));
    expect(parameters).toBeDefined();
    expect([chapter.status, opened.status, section.status, done.status]).toEqual([200, 200, 200, 200]);
    const { body: progress } = await chatgpt.call('getProgress');
    expect(JSON.stringify(progress)).toContain('chapter-1');
  });

  it('takes a quiz, and learns nothing about the answers before handing in', async () => {
    const quiz = await chatgpt.call('getQuiz', { parameters: { chapterId: 'chapter-1' } });
    const questions = quiz.body['questions'] as QuizQuestion[];
    const answer_list = questions.map(({ id, ...question }) => ({
      question_id: id,
      answer: guess(question),
    }));

    const result = await chatgpt.call('submitQuiz', {
      parameters: { chapterId: 'chapter-1' },
      body: { answer_list },
    });

    expect(JSON.stringify(quiz.body)).not.toMatch(/correct|explanation/);
    expect([result.status, questions.length]).toEqual([200, 10]);
    expect((await chatgpt.call('listQuizAttempts', { parameters: { chapterId: 'chapter-1' } })).status).toBe(
      200,
    );
  });

  it('looks things up', async () => {
    const found = await chatgpt.call('searchChapters', { parameters: { q: 'hallucination', limit: 3 } });
    const term = await chatgpt.call('getGlossaryTerm', { parameters: { term: 'RAG' } });

    expect([found.status, term.status]).toEqual([200, 200]);
  });

  it('meets the locked chapter, with a preview and a way on that exists', async () => {
    const { status, body } = await chatgpt.call('getChapter', { parameters: { chapterId: 'chapter-4' } });

    expect([status, body['code']]).toEqual([403, 'premium_required']);
    expect(body['preview']).toBeDefined();
    const { operation_id } = body['upgrade'] as { operation_id: string };
    expect(chatgpt.asksBefore(operation_id)).toBe(true);
  });

  it('is not premium for saying so', async () => {
    const { body } = await chatgpt.call('getSubscriptionStatus');

    expect(body).toMatchObject({ is_premium: false });
  });

  it('wants premium, pays in the browser, and chapter 4 opens', async () => {
    const plans = await chatgpt.call('listPlans');
    const { status, body: checkout } = await chatgpt.call('createCheckoutSession', {
      body: { plan: 'monthly' },
    });
    const again = await chatgpt.call('createCheckoutSession', { body: { plan: 'monthly' } });
    const pending = await chatgpt.call('getSubscriptionStatus');

    expect([plans.status, status, checkout['status']]).toEqual([200, 200, 'pending']);
    expect(again.body['short_url']).toBe(checkout['short_url']);
    expect(String(checkout['short_url']).length).toBeLessThan(60);
    expect(pending.body).toMatchObject({ is_premium: false, state: 'pending' });

    await student.page.goto(String(checkout['short_url']));
    await student.subscribe('4242 4242 4242 4242');
    await student.page.getByRole('heading', { name: 'You are premium' }).waitFor();

    await eventually(async () => {
      expect((await chatgpt.call('getSubscriptionStatus')).body).toMatchObject({
        is_premium: true,
        state: 'active',
      });
    });
    expect((await chatgpt.call('getChapter', { parameters: { chapterId: 'chapter-4' } })).status).toBe(200);
  });

  it('comes back after a break without noticing that tokens run out', async () => {
    chatgpt.loseAccessToken();

    const { status } = await chatgpt.call('getNextStep');

    expect([status, chatgpt.refreshes]).toEqual([200, 1]);
  });

  it('cancels, keeps what is paid, and resumes', async () => {
    expect([chatgpt.asksBefore('cancelSubscription'), chatgpt.asksBefore('resumeSubscription')]).toEqual([
      true,
      true,
    ]);

    const canceled = await chatgpt.call('cancelSubscription');
    const chapter = await chatgpt.call('getChapter', { parameters: { chapterId: 'chapter-4' } });
    const { body: between } = await chatgpt.call('getSubscriptionStatus');
    const resumed = await chatgpt.call('resumeSubscription');
    const { body: after } = await chatgpt.call('getSubscriptionStatus');

    expect([canceled.status, chapter.status, resumed.status]).toEqual([200, 200, 200]);
    expect(canceled.body['access_until']).toEqual(expect.any(String));
    expect(between).toMatchObject({ is_premium: true, state: 'canceling' });
    expect(after).toMatchObject({ is_premium: true, state: 'active' });
  });

  it('disconnects ChatGPT, which must ask again, and connects it once more', async () => {
    await student.page.goto(`${app.apiUrl}/account`);
    await student.page.getByRole('button', { name: 'Disconnect ChatGPT' }).click();
    await student.page.getByRole('status').waitFor();

    await expect(chatgpt.call('getProgress')).rejects.toThrow(SignInNeeded);
    await signInThroughBrowser(() => Promise.resolve());

    expect((await chatgpt.call('getProgress')).status).toBe(200);
    expect(student.errors).toEqual([]);
  });
});
