import Stripe from 'stripe';
import { startStack, type Stack } from '../support/stack';
import { pay, Student, STUDENT_PASSWORD } from '../support/student';
import { eventually } from '../support/wait';
import { findPageProblems } from './inspect';
import type { Visit } from './visit';
import { useVisits } from './visits';

/** The home of a student and the emails about money, in Chromium, on real processes. */
describe('the home of a student', () => {
  let stack: Stack;
  let subscriber: Student;
  const { visit } = useVisits(/^$/);

  beforeAll(async () => {
    stack = await startStack();
    subscriber = await Student.register(stack.apiUrl);
    const { sessionId } = await subscriber.checkout();
    const { hostname: host, port } = new URL(stack.sandboxUrl);
    const stripe = new Stripe('sk_test_sandbox', {
      host,
      port: Number(port),
      protocol: 'http',
      telemetry: false,
    });
    await pay(stripe, sessionId);
    await eventually(async () => expect(await subscriber.isPremium()).toBe(true), { timeoutMs: 15_000 });
  });
  afterAll(async () => {
    await stack?.stop();
  });

  async function look(person: Visit, name: string): Promise<void> {
    expect(await findPageProblems(person.page)).toEqual([]);
    await person.picture(name);
  }

  async function signIn({ page }: Visit, { email }: Student): Promise<void> {
    await page.goto(`${stack.apiUrl}/sign-in?return_to=%2Faccount`);
    await page.getByLabel('Email address').fill(email);
    await page.getByLabel('Password').fill(STUDENT_PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Your account' }).waitFor();
  }

  describe.each(['desktop', 'phone'] as const)('on a %s', (device) => {
    it('shows a subscriber plan, card, invoice and progress, and what cancelling means', async () => {
      const person = await visit(device);
      await signIn(person, subscriber);
      const { page } = person;

      expect(await page.getByText('Premium, monthly').count()).toBe(1);
      await look(person, '60-home');
      await page.getByRole('link', { name: 'Request a refund' }).click();
      await look(person, '61-refund');
      await page.getByRole('link', { name: 'Your account' }).click();
      await page.getByRole('button', { name: 'Switch to the yearly plan' }).click();
      await page.getByRole('heading', { name: 'Switch to the yearly plan?' }).waitFor();
      await look(person, '61-offer');
      await page.getByRole('link', { name: 'Change nothing' }).click();
      await page.getByRole('link', { name: 'Cancel the subscription' }).click();
      await look(person, '62-cancel');
      await page.getByRole('link', { name: 'Keep it' }).click();
      await page.getByRole('link', { name: 'Change name' }).click();
      await look(person, '63-name');
    });

    it('sells premium to a free student', async () => {
      const person = await visit(device);
      await signIn(person, await Student.register(stack.apiUrl));
      await look(person, '64-free-home');

      await person.page.getByRole('button', { name: 'Get premium, monthly' }).click();

      await person.page.getByRole('heading', { name: 'Continue to the payment page' }).waitFor();
      await look(person, '65-before-payment');
    });

    it('shows every email of the mail page as HTML and as text', async () => {
      const person = await visit(device);
      const { page } = person;
      await page.goto(`${stack.apiUrl}/dev/mail`);
      await look(person, '66-mailbox');
      const links = await page.locator('a[href^="/dev/mail/templates/"]').all();
      const paths = await Promise.all(links.map((link) => link.getAttribute('href')));

      for (const path of paths) {
        await page.goto(`${stack.apiUrl}${path}`);
        expect(await findPageProblems(page)).toEqual([]);
        await page.goto(`${stack.apiUrl}${path}/html`);
        await person.picture(`67-${path?.split('/').at(-1)}`);
        expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
      }
    });
  });
});
