import { composeEmail } from 'src/mail/email-template';
import { EXAMPLE_EMAILS } from './example-emails';
import { billingTemplate } from './billing-templates';

const links = { account: 'https://course.test/account', pay: 'https://course.test/account/pay' };
const footer = ['Course Companion', 'https://course.test'];

describe.each(EXAMPLE_EMAILS.map((email) => [email.key, email] as const))('the email %s', (_, email) => {
  const content = composeEmail({ ...billingTemplate(email, links), footer });

  it('leads only to pages that require sign-in', () => {
    const urls = content.text.match(/https?:\/\/\S+/g) ?? [];

    expect(urls.length).toBeGreaterThan(1);
    for (const url of urls) expect(['https://course.test', links.account, links.pay]).toContain(url);
    expect(`${content.text}${content.html}`).not.toMatch(/stripe/i);
  });

  it('has a short subject and the same words in both forms', () => {
    expect(content.subject.length).toBeLessThanOrEqual(50);
    for (const paragraph of billingTemplate(email, links).paragraphs) {
      expect(content.text).toContain(paragraph);
      expect(content.html).toContain(paragraph);
    }
    expect(`${content.text}${content.html}`).not.toMatch(/undefined|null|NaN|Invalid/);
  });
});
