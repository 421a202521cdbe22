import { randomUUID } from 'node:crypto';
import { TestApp } from '../support/app';
import { CHATGPT_CALLBACK, newBrowser, PASSWORD, setUpChatGpt, type OAuthClient } from '../support/oauth';
import { findPageProblems, listTabStops } from './inspect';
import { useVisits } from './visits';

// Chromium reports every page with an error status in red; the refused forms below have one on purpose.
const STATUS_REPORT = /^Failed to load resource: the server responded with a status of 4\d\d/;

/** Connecting ChatGPT, as a person meets it. */
describe('the sign-in pages', () => {
  let app: TestApp;
  let chatgpt: OAuthClient;
  const { visit } = useVisits(STATUS_REPORT);

  beforeAll(async () => {
    app = await TestApp.start({ worker: false });
    chatgpt = await setUpChatGpt(app);
  });
  afterAll(async () => {
    await app?.stop();
  });
  const connectUrl = () => `${app.apiUrl}${chatgpt.authorizePath()}`;

  describe.each(['desktop', 'phone'] as const)('on a %s', (device) => {
    it('lead a new student from ChatGPT through registering and consent back to ChatGPT', async () => {
      const person = await visit(device);
      const { page } = person;
      const email = `browser-${randomUUID()}@example.test`;

      await page.goto(connectUrl());
      expect(await person.heading()).toBe('Sign in');
      expect(await findPageProblems(page)).toEqual([]);
      await person.picture('sign-in-1-sign-in');

      await page.getByRole('link', { name: /Create an account/ }).click();
      await page.getByLabel('Your name').fill('Ada Lovelace');
      await page.getByLabel('Email address').fill(email);
      await page.getByLabel('Password').fill('short');
      await page.getByRole('button', { name: 'Create account' }).click();
      expect(await page.getByText('It must have 8 to 128 characters.').isVisible()).toBe(true);
      expect(await page.getByLabel('Your name').inputValue()).toBe('Ada Lovelace');
      expect(await page.getByLabel('Password').inputValue()).toBe('');
      expect(await findPageProblems(page)).toEqual([]);
      await person.picture('sign-in-2-register');

      await page.getByLabel('Password').fill(PASSWORD);
      await page.getByRole('button', { name: 'Create account' }).click();
      expect(await person.heading()).toBe('Connect ChatGPT');
      expect(await findPageProblems(page)).toEqual([]);
      await person.picture('sign-in-3-consent');

      await page.getByRole('button', { name: `Continue as ${email}` }).click();
      await page.waitForURL(`${CHATGPT_CALLBACK}?*`);
      const code = new URL(page.url()).searchParams.get('code');
      expect((await chatgpt.exchange(code)).status).toBe(200);
    });

    it('let the user refuse, and use another account', async () => {
      const { email } = await newBrowser(app);
      const other = await newBrowser(app);
      const person = await visit(device);
      const { page } = person;
      const signIn = async (address: string) => {
        await page.getByLabel('Email address').fill(address);
        await page.getByLabel('Password').fill(PASSWORD);
        await page.getByRole('button', { name: 'Sign in' }).click();
      };

      await page.goto(connectUrl());
      await signIn(email);
      await page.getByRole('button', { name: 'Use another account' }).click();
      await signIn(other.email);
      await page.getByRole('button', { name: `Continue as ${other.email}` }).waitFor();
      await page.getByRole('button', { name: 'Do not connect' }).click();
      await page.waitForURL(`${CHATGPT_CALLBACK}?*`);

      expect(new URL(page.url()).searchParams.get('error')).toBe('access_denied');
    });

    it('show what is connected, and disconnect it', async () => {
      const { browser: form, email } = await newBrowser(app);
      await chatgpt.authorize(form);
      const person = await visit(device);
      const { page } = person;

      await page.goto(`${app.apiUrl}/account`);
      await page.getByLabel('Email address').fill(email);
      await page.getByLabel('Password').fill('not the password');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('alert').waitFor();
      await person.picture('sign-in-4-refused');
      await page.getByLabel('Password').fill(PASSWORD);
      await page.getByRole('button', { name: 'Sign in' }).click();
      expect(await person.heading()).toBe('Your account');
      expect(await findPageProblems(page)).toEqual([]);
      await person.picture('sign-in-5-account');

      await page.getByRole('button', { name: 'Disconnect ChatGPT' }).click();
      expect(await page.getByRole('status').innerText()).toContain('is disconnected');
      await page.getByRole('button', { name: 'Sign out everywhere else' }).click();
      expect(await page.getByRole('status').innerText()).toContain('everywhere else');
      await person.picture('sign-in-6-disconnected');

      await page.getByRole('button', { name: 'Sign out', exact: true }).click();
      expect(await person.heading()).toBe('Sign in');
    });
  });

  it('can be used by keyboard alone', async () => {
    const { page } = await visit();
    await page.goto(`${app.apiUrl}/sign-in`);

    const stops = await listTabStops(page);

    expect(stops.map(({ name }) => name)).toEqual([
      'email',
      'password',
      'Sign in',
      'New here? Create an account',
      'Forgot your password?',
    ]);
    expect(stops.every(({ hasVisibleFocus }) => hasVisibleFocus)).toBe(true);
  });

  it('tell who cannot be connected, and send nobody anywhere', async () => {
    const person = await visit('phone');
    await person.page.goto(
      `${app.apiUrl}${chatgpt.authorizePath({ redirect_uri: 'https://evil.example/' })}`,
    );

    expect(await person.heading()).toBe('This application cannot be connected');
    expect(person.left).toEqual([]);
    await person.picture('sign-in-7-refused');
  });
});
