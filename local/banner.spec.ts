import { bannerLines } from './banner';
import type { LocalFile } from './local-file';

const local: LocalFile = {
  api_url: 'http://127.0.0.1:3000',
  sandbox_url: 'http://127.0.0.1:12111',
  database_url: 'postgresql://127.0.0.1:1/app',
  redis_url: null,
  stripe_secret_key: 'sk_test_sandbox1',
  webhook_secret: 'whsec_1',
  operator: { email: 'operator@example.com', password: 'secret-password' },
};
const textOf = (file: LocalFile, emails: string | undefined = '.data/mail') =>
  bannerLines({ local: file, logs: '.data/logs', emails, student: 'ada-1' }).join('\n');

describe('bannerLines', () => {
  it('shows addresses, operator, test card and the journey', () => {
    const text = textOf(local);

    for (const part of [
      'http://127.0.0.1:3000/api/v1',
      'http://127.0.0.1:12111',
      'http://127.0.0.1:3000/chatgpt/openapi.json',
      'operator@example.com / secret-password',
      'http://127.0.0.1:3000/docs',
      '4242 4242 4242 4242',
      '/auth/register',
      '/chapters/chapter-4',
      '/payments/create-checkout-session',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('names the email folder or SMTP_URL', () => {
    expect(textOf(local)).toContain('.data/mail');
    expect(bannerLines({ local, logs: '', emails: undefined, student: '' }).join('\n')).toContain('SMTP_URL');
  });

  it('shows no keys, and no test card when Stripe is configured', () => {
    const text = textOf({ ...local, sandbox_url: null });

    expect(text).not.toMatch(/4242|sk_test|whsec/);
  });
});
