import { randomBytes } from 'node:crypto';
import { OperatorAccountsService } from '../../src/modules/accounts';
import type { TestApp } from './app';
import { Form } from './form';

export interface OperatorBrowser {
  readonly browser: Form;
  readonly email: string;
}

/** The browser of a new operator, signed in. */
export async function operatorBrowser(app: TestApp): Promise<OperatorBrowser> {
  const email = `operator-${randomBytes(4).toString('hex')}@example.test`;
  const password = `a wrench of brass ${randomBytes(9).toString('hex')}`;
  await app.web.get(OperatorAccountsService, { strict: false }).ensure({ email, password });
  const browser = new Form(app.apiUrl);
  const { status } = await browser.post('/sign-in', { email, password });
  if (status !== 303) throw new Error(`sign-in answered ${status}`);
  return { browser, email };
}

/** What the browser sends to prove that somebody is signed in. */
export const cookieHeader = (browser: Form): { readonly cookie: string } => ({
  cookie: `session=${browser.cookie('session')}`,
});
