import { randomBytes } from 'node:crypto';
import type Stripe from 'stripe';
import { call, type Answer } from './http';

export const STUDENT_PASSWORD = 'correct horse battery';

/** A student as ChatGPT would act for one: over HTTP, with a token of their own. */
export class Student {
  private constructor(
    private readonly apiUrl: string,
    readonly id: string,
    readonly email: string,
    readonly token: string,
  ) {}

  static async register(apiUrl: string): Promise<Student> {
    const email = `student-${randomBytes(6).toString('hex')}@example.test`;
    const body = { email, password: STUDENT_PASSWORD, full_name: 'Ada Student' };
    const answer = await call('POST', `${apiUrl}/api/v1/auth/register`, { body });
    if (answer.status !== 201) throw new Error(`registration failed: ${answer.status} ${answer.text}`);
    const user = answer.body['user'] as { id: string };
    return new Student(apiUrl, user.id, email, String(answer.body['access_token']));
  }

  get(path: string): Promise<Answer> {
    return call('GET', `${this.apiUrl}/api/v1${path}`, { token: this.token });
  }

  post(path: string, body: unknown = {}): Promise<Answer> {
    return call('POST', `${this.apiUrl}/api/v1${path}`, { token: this.token, body });
  }

  status(): Promise<Answer> {
    return this.get('/payments/subscription-status');
  }

  async isPremium(): Promise<boolean> {
    return (await this.status()).body['is_premium'] === true;
  }

  /** Asks for a payment link. */
  async checkout(body: unknown = {}): Promise<{ sessionId: string; url: string }> {
    const answer = await this.post('/payments/create-checkout-session', body);
    if (answer.status !== 200) throw new Error(`no checkout: ${answer.status} ${answer.text}`);
    return { sessionId: String(answer.body['session_id']), url: String(answer.body['checkout_url']) };
  }
}

/** Pays an open session as the hosted page does. Returns when Stripe has answered, not when webhooks have arrived. */
export async function pay(stripe: Stripe, sessionId: string, card = 'tok_visa'): Promise<void> {
  const method = await stripe.paymentMethods.create({
    type: 'card',
    card: { token: card },
    billing_details: { name: 'Ada Student', email: 'ada@example.test' },
  });
  await stripe.rawRequest('POST', `/v1/payment_pages/${sessionId}/confirm`, { payment_method: method.id });
}
