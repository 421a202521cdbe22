import { withClient } from '../../local/postgres';
import { TestSmtpServer } from '../support/smtp';
import { startStack, type Stack } from '../support/stack';
import { Student } from '../support/student';
import { eventually } from '../support/wait';

interface Row {
  readonly status: string;
  readonly attempts: number;
}

/** Real processes, killed while they send an email, with a real mail server. */
describe('a worker that crashes while it sends an email', () => {
  let smtp: TestSmtpServer;
  let stack: Stack;

  beforeEach(async () => {
    smtp = await TestSmtpServer.start();
    stack = await startStack({
      workers: 0,
      env: { SMTP_URL: smtp.url, MAIL_FROM: 'Course <course@course.test>' },
    });
  });
  afterEach(async () => {
    await stack.stop();
    await smtp.stop();
  });

  const sql = <T extends object>(text: string): Promise<T[]> =>
    withClient(stack.databaseUrl, async (client) => (await client.query<T & object>(text)).rows);
  const find = async () => (await sql<Row>('SELECT status, attempts FROM outbox'))[0];
  /** As if the claim had expired. */
  const endLease = () => sql('UPDATE outbox SET next_attempt_at = now()');

  it.each([
    ['before it is sent', 'worker.before_mail', 1],
    ['after it was sent and before that was noted', 'worker.after_mail', 2],
  ])('%s loses nothing, and what comes twice has one Message-ID', async (_, failpoint, arrivals) => {
    const doomed = await stack.startWorker({ FAILPOINTS: failpoint });
    const student = await Student.register(stack.apiUrl);
    await doomed.ended;
    expect(await find()).toEqual({ status: 'pending', attempts: 1 });

    await endLease();
    const worker = await stack.startWorker();
    await eventually(async () => expect(await find()).toEqual({ status: 'sent', attempts: 2 }), {
      timeoutMs: 15_000,
    });

    expect(smtp.mails.map(({ to }) => to)).toEqual(Array(arrivals).fill(student.email));
    expect(new Set(smtp.mails.map(({ messageId }) => messageId)).size).toBe(1);
    // The row is committed before the line is written.
    await eventually(() => expect(worker.log()).toContain('email sent'));
  });

  it('writes neither token nor address into a log, also when the server refuses the email', async () => {
    const student = await Student.register(stack.apiUrl);
    await smtp.stop();
    const worker = await stack.startWorker();
    await eventually(() => expect(worker.log()).toContain('email not sent, will retry'), {
      timeoutMs: 15_000,
    });
    smtp = await TestSmtpServer.start();
    await stack.kill(worker);
    await endLease();

    const next = await stack.startWorker({ SMTP_URL: smtp.url });
    await eventually(() => expect(smtp.mails).toHaveLength(1), { timeoutMs: 15_000 });

    const token = new URL(smtp.mails[0]?.link ?? '').searchParams.get('token') ?? '';
    expect(token).toHaveLength(43);
    for (const log of [stack.web.log(), worker.log(), next.log()]) {
      expect(log).not.toContain(student.email);
      expect(log).not.toContain(token);
    }
  });
});
