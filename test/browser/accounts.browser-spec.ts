import { startStack, type Stack } from '../support/stack';
import { Student, STUDENT_PASSWORD } from '../support/student';
import { findPageProblems, listTabStops } from './inspect';
import type { Visit } from './visit';
import { useVisits } from './visits';

const NEW_PASSWORD = 'another horse battery';
// Chromium reports every page with an error status in red; the pages below have one on purpose.
const STATUS_REPORT = /^Failed to load resource: the server responded with a status of 4(10|22|29)/;

/** Addresses, passwords and the emails about them, in Chromium, on real processes. */
describe('the pages of an account', () => {
  let stack: Stack;
  const { visit } = useVisits(STATUS_REPORT);

  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(async () => {
    await stack?.stop();
  });

  async function look(person: Visit, name: string): Promise<void> {
    expect(await findPageProblems(person.page)).toEqual([]);
    await person.picture(name);
  }

  async function signIn({ page }: Visit, email: string, password: string): Promise<void> {
    await page.goto(`${stack.apiUrl}/sign-in?return_to=%2Faccount%2Fpassword`);
    await page.getByLabel('Email address').fill(email);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }

  describe.each(['desktop', 'phone'] as const)('on a %s', (device) => {
    it('lead from a forgotten password to a new one', async () => {
      const { email } = await Student.register(stack.apiUrl);
      const person = await visit(device);
      const { page } = person;

      await page.goto(`${stack.apiUrl}/sign-in`);
      await page.getByRole('link', { name: 'Forgot your password?' }).click();
      expect(await person.heading()).toBe('Forgot your password?');
      await look(person, '40-forgot');
      await page.getByLabel('Email address').fill(email);
      await page.getByRole('button', { name: 'Send the link' }).click();
      await page.getByRole('heading', { name: 'Check your email' }).waitFor();
      await look(person, '41-mail-sent');

      const { link = '' } = await stack.mails.waitFor(email, 'Set a new password');
      await page.goto(link);
      await look(person, '42-reset');
      await page.getByLabel('New password').fill('short');
      await page.getByRole('button', { name: 'Set password' }).click();
      await page.getByText('It must have 8 to 128 characters.').waitFor();
      await look(person, '43-reset-refused');
      await page.getByLabel('New password').fill(NEW_PASSWORD);
      await page.getByRole('button', { name: 'Set password' }).click();
      await page.getByRole('heading', { name: 'Your password was changed' }).waitFor();
      await look(person, '44-reset-done');

      await page.goto(link);
      expect(await person.heading()).toBe('This link no longer works');
      await look(person, '45-reset-dead');
      await signIn(person, email, NEW_PASSWORD);
      await page.getByRole('heading', { name: 'Change your password' }).waitFor();
    });

    it('confirm an address by a button, never by opening the link', async () => {
      const student = await Student.register(stack.apiUrl);
      const { link = '' } = await stack.mails.waitFor(student.email, 'Verify your email address');
      const person = await visit(device);
      const { page } = person;

      await page.goto(link);
      await page.reload();
      await page.getByText(`Is ${student.email} your email address?`).waitFor();
      await look(person, '46-confirm');
      expect((await student.get('/auth/me')).body['email_verified']).toBe(false);
      await page.getByRole('button', { name: 'Yes, verify it' }).click();
      await page.getByRole('heading', { name: 'Your email address is verified' }).waitFor();
      await look(person, '47-confirmed');
      expect((await student.get('/auth/me')).body['email_verified']).toBe(true);

      await page.goto(`${stack.apiUrl}/verify-email?token=unknown`);
      await page.getByRole('alert').waitFor();
      await look(person, '48-confirm-dead');
    });

    it('change the password and stay signed in', async () => {
      const { email } = await Student.register(stack.apiUrl);
      const person = await visit(device);
      const { page } = person;
      await signIn(person, email, STUDENT_PASSWORD);
      await page.getByRole('heading', { name: 'Change your password' }).waitFor();
      await look(person, '49-password');

      await page.getByLabel('Current password').fill('not it');
      await page.getByLabel('New password').fill(NEW_PASSWORD);
      await page.getByRole('button', { name: 'Change password' }).click();
      await page.getByRole('alert').filter({ hasText: 'current password is wrong' }).waitFor();
      await look(person, '50-password-wrong');
      await page.getByLabel('Current password').fill(STUDENT_PASSWORD);
      await page.getByLabel('New password').fill(NEW_PASSWORD);
      await page.getByRole('button', { name: 'Change password' }).click();
      await page.getByRole('heading', { name: 'Your password was changed' }).waitFor();
      await look(person, '51-password-changed');
      await stack.mails.waitFor(email, 'Your password was changed');
      await page.goto(`${stack.apiUrl}/account/email`);
      expect(await person.heading()).toBe('Change your email address');
    });

    it('change the address when the new one is verified', async () => {
      const { email } = await Student.register(stack.apiUrl);
      const address = `new-${email}`;
      const person = await visit(device);
      const { page } = person;
      await signIn(person, email, STUDENT_PASSWORD);
      await page.goto(`${stack.apiUrl}/account/email`);
      await look(person, '52-email');

      await page.getByLabel('New email address').fill(address);
      await page.getByLabel('Password').fill(STUDENT_PASSWORD);
      await page.getByRole('button', { name: 'Send the link' }).click();
      await page.getByRole('heading', { name: 'Check your email' }).waitFor();
      await look(person, '53-email-asked');
      const { link = '' } = await stack.mails.waitFor(address, 'Verify your new email address');
      await page.goto(link);
      await page.getByRole('button', { name: 'Yes, verify it' }).click();
      await page.getByText(`${address} is the email address of your account.`).waitFor();
    });

    it('say what is kept and on which terms', async () => {
      const person = await visit(device);

      await person.page.goto(stack.apiUrl);
      await person.page.getByRole('link', { name: 'Privacy policy' }).click();
      expect(await person.heading()).toBe('Privacy policy');
      await look(person, '54-privacy');
      await person.page.getByRole('link', { name: 'Terms' }).click();
      expect(await person.heading()).toBe('Terms');
      await look(person, '55-terms');
    });
  });

  it('are readable in the dark as well', async () => {
    const person = await visit();
    await person.page.emulateMedia({ colorScheme: 'dark' });

    for (const path of ['/forgot-password', '/verify-email?token=unknown', '/privacy', '/terms']) {
      await person.page.goto(`${stack.apiUrl}${path}`);
      expect(await findPageProblems(person.page)).toEqual([]);
    }
  });

  it('can be used with the keyboard, and always show where the focus is', async () => {
    const { page } = await visit();
    await page.goto(`${stack.apiUrl}/forgot-password`);

    const stops = await listTabStops(page);

    expect(stops.map(({ name }) => name)).toEqual(['email', 'Send the link', 'Back to sign in']);
    expect(stops.filter(({ hasVisibleFocus }) => !hasVisibleFocus)).toEqual([]);
  });

  it('come with emails that look right in a mail program', async () => {
    const { email } = await Student.register(stack.apiUrl);
    const { html } = await stack.mails.waitFor(email, 'Verify your email address');
    const person = await visit('phone');

    await person.page.setContent(html);

    expect(
      await person.page.getByRole('link', { name: 'Verify email address' }).getAttribute('href'),
    ).toContain('token=');
    expect(person.left).toEqual([]);
    await person.picture('56-mail');
  });
});
