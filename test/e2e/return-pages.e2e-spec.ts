import { TestApp } from '../support/app';
import { pay } from '../support/student';
import { eventually } from '../support/wait';

const GPT = 'https://chatgpt.com/g/g-0123-course';

describe('the pages after a payment, where a GPT is published', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start({ env: { GPT_URL: GPT } });
  });
  afterAll(() => app.stop());

  const page = async (path: string) => (await fetch(`${app.apiUrl}${path}`)).text();
  const back = (html: string) => /<a [^>]*href="([^"]+)"[^>]*>Go back to ChatGPT/.exec(html)?.[1];

  it('lead back to the GPT before and after the payment', async () => {
    const student = await app.student();
    const { sessionId } = await student.checkout();
    const { cancel_url: cancelUrl } = await app.stripe.checkout.sessions.retrieve(sessionId);
    const returned = `/checkout/return?session_id=${sessionId}`;

    expect(back(await page(returned))).toBe(`${GPT}?payment=cancelled`);
    const { pathname, search } = new URL(String(cancelUrl));
    expect(back(await page(`${pathname}${search}`))).toBe(`${GPT}?payment=cancelled`);
    await pay(app.stripe, sessionId);
    await eventually(async () => expect(back(await page(returned))).toBe(`${GPT}?payment=success`));
  });

  it('lead to the address that the caller asked for', async () => {
    const student = await app.student();
    const { sessionId } = await student.checkout({ cancel_url: 'https://chatgpt.com/somewhere' });

    expect(back(await page(`/checkout/return?session_id=${sessionId}`))).toBe(
      'https://chatgpt.com/somewhere',
    );
  });
});
