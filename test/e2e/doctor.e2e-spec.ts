import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DIST } from '../../local/paths';
import { withClient } from '../../local/postgres';
import { testEnv } from '../support/config';
import { createTestDatabase } from '../support/database';
import { smtpError, TestSmtpServer } from '../support/smtp';
import { startStack, type Stack } from '../support/stack';

const run = promisify(execFile);
const NOWHERE = '127.0.0.1:1';

/** Runs the built command against real parts. The judgements themselves: src/cli/doctor/doctor.spec.ts. */
describe('doctor', () => {
  let stack: Stack;

  beforeAll(async () => {
    stack = await startStack({ workers: 0 });
  }, 60_000);

  afterAll(() => stack.stop());

  async function doctor(env: Record<string, string> = {}): Promise<{ code: number; output: string }> {
    const complete = testEnv({
      databaseUrl: stack.databaseUrl,
      publicUrl: stack.apiUrl,
      env: { STRIPE_API_BASE: stack.sandboxUrl, ...env },
    });
    const result = run(process.execPath, [join(DIST, 'src/cli/doctor.js')], { env: complete });
    return result.then(
      ({ stdout }) => ({ code: 0, output: stdout }),
      ({ code, stdout }: { code: number; stdout: string }) => ({ code, output: stdout }),
    );
  }

  const errorsOf = (output: string) =>
    (output.match(/^ERROR .*$/gm) ?? []).filter((line) => !line.includes(' is off'));

  it('finds nothing but the relaxed settings of the test database', async () => {
    const { output } = await doctor();

    expect(errorsOf(output)).toEqual([]);
    expect(output.match(/is off: a crash can lose/g)).toHaveLength(3);
  });

  it('leaves one ignored row in the inbox, however often it runs', async () => {
    await doctor();
    await doctor();
    const { rows } = await withClient(stack.databaseUrl, (client) =>
      client.query(
        `SELECT event_id, status, status_reason FROM webhook_events WHERE event_id LIKE '%doctor%'`,
      ),
    );

    expect(rows).toEqual([
      { event_id: 'evt_companion_doctor', status: 'ignored', status_reason: 'type_not_handled' },
    ]);
  });

  it.each([
    [
      'PostgreSQL that does not answer',
      { DATABASE_URL: `postgres://${NOWHERE}/none` },
      /PostgreSQL +does not answer/,
    ],
    ['a Redis that does not answer', { REDIS_URL: `redis://${NOWHERE}` }, /Redis +does not answer/],
    ['a Stripe that does not answer', { STRIPE_API_BASE: `http://${NOWHERE}` }, /Stripe +does not answer at/],
    [
      'an unknown price',
      { STRIPE_PREMIUM_PRICE_ID: 'price_unknown' },
      /STRIPE_PREMIUM_PRICE_ID: the account has no/,
    ],
    [
      'a wrong webhook secret',
      { STRIPE_WEBHOOK_SECRET: 'whsec_another_secret' },
      /refuses signatures of secret 1/,
    ],
    [
      'a web process that does not answer',
      { PUBLIC_URL: `http://${NOWHERE}` },
      /nothing answers at PUBLIC_URL/,
    ],
    [
      'a mail server that does not answer',
      { SMTP_URL: `smtp://${NOWHERE}` },
      /Email +the mail server failed/,
    ],
    ['a missing variable', { STRIPE_WEBHOOK_SECRET: '' }, /STRIPE_WEBHOOK_SECRET is not set/],
  ])('exits with 1 for %s', async (_what, env, expected) => {
    const { code, output } = await doctor(env);

    expect(code).toBe(1);
    expect(output).toMatch(expected);
    expect(output).toContain('fix: ');
  });

  // The sandbox accepts every test key, so a server stands in for a Stripe that refuses one.
  it('exits with 1 for a refused key', async () => {
    const error = { type: 'invalid_request_error', message: 'Invalid API Key provided: sk_test_*****box' };
    const refusing = createServer((_request, response) =>
      response.writeHead(401, { 'content-type': 'application/json' }).end(JSON.stringify({ error })),
    );
    await new Promise<void>((resolve) => refusing.listen(0, '127.0.0.1', resolve));
    const { port } = refusing.address() as AddressInfo;
    try {
      const { code, output } = await doctor({ STRIPE_API_BASE: `http://127.0.0.1:${port}` });

      expect([code, errorsOf(output)]).toEqual([
        1,
        [expect.stringMatching(/Stripe +refuses STRIPE_SECRET_KEY/)],
      ]);
    } finally {
      refusing.close();
    }
  });

  it('reports pending migrations', async () => {
    const empty = await createTestDatabase({ migrated: false });
    try {
      expect((await doctor({ DATABASE_URL: empty.url })).output).toMatch(
        /pending migrations: .*fix: run npm run migrate/s,
      );
    } finally {
      await empty.drop();
    }
  });

  it('asks the mail server, sends no email, and sends no password without TLS', async () => {
    const smtp = await TestSmtpServer.start();
    let passwords = 0;
    const refusing = await TestSmtpServer.start({
      disabledCommands: ['STARTTLS'],
      onAuth: (_auth, _session, done) => {
        passwords += 1;
        done(smtpError(535, 'no'));
      },
    });
    try {
      expect((await doctor({ SMTP_URL: smtp.url })).output).toMatch(/^ok +Email +the mail server accepts/m);
      expect(smtp.mails).toEqual([]);
      const url = refusing.url.replace('smtp://', 'smtp://user:wrong@');
      expect((await doctor({ SMTP_URL: url })).output).toMatch(/ERROR +Email +the mail server failed: ETLS/);
      expect(passwords).toBe(0);
    } finally {
      await Promise.all([smtp.stop(), refusing.stop()]);
    }
  });
});
