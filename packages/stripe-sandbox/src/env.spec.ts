import { readOptions } from './env';

describe('the environment of the sandbox', () => {
  it('reads whole numbers and rules, and has defaults', () => {
    expect(readOptions({})).toMatchObject({ port: 12111, host: '127.0.0.1', keepDays: undefined });
    expect(readOptions({ SANDBOX_KEEP_DAYS: '90', SANDBOX_AFTER_RETRIES: 'unpaid' })).toMatchObject({
      keepDays: 90,
      afterRetries: 'unpaid',
    });
  });

  it.each([
    ['SANDBOX_KEEP_DAYS', 'many'],
    ['SANDBOX_AFTER_RETRIES', 'forgive'],
    ['SANDBOX_SECRET_KEY', 'sk_live_x'],
    ['SANDBOX_CATALOG', 'all'],
    ['SANDBOX_WEBHOOK_URL', 'http://127.0.0.1:1'],
  ])('refuses a wrong %s by name', (name, value) => {
    expect(() => readOptions({ [name]: value })).toThrow(name);
  });
});
