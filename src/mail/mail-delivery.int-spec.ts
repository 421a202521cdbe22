import type { HttpConfig, MailConfig } from 'src/config/app-config';
import { Failpoints } from 'src/config/failpoints';
import { useTestDatabase } from '../../test/support/use-test-database';
import { eventually } from '../../test/support/wait';
import { composeEmail } from './email-template';
import { MailDeliveryService } from './mail-delivery.service';
import { MailDispatcherService } from './mail-dispatcher.service';
import { RecipientRefusedError, Mailer, type Mail } from './mailer';
import { Outbox } from './outbox';
import { OutboxRepository } from './persistence/outbox.repository';

/** Does what a test tells it to; the two real ones are proved by mailer.spec.ts. */
class ScriptedMailer extends Mailer {
  readonly sent: Mail[] = [];
  script: (mail: Mail) => void | Promise<void> = () => undefined;

  async send(mail: Mail): Promise<void> {
    await this.script(mail);
    this.sent.push(mail);
  }
}

interface Row {
  readonly status: string;
  readonly attempts: number;
  readonly content: Buffer | null;
  readonly last_error: string | null;
  readonly waits: boolean;
}

describe('delivery of emails', () => {
  const testDatabase = useTestDatabase();
  let mailer: ScriptedMailer;
  let rows: OutboxRepository;
  let outbox: Outbox;
  let delivery: MailDeliveryService;

  const config = { sealingSecrets: ['secret'], pollMs: 60_000 } as unknown as MailConfig;
  const http = { publicUrl: 'https://course.test' } as HttpConfig;

  beforeAll(() => {
    rows = new OutboxRepository(testDatabase.database);
  });
  beforeEach(async () => {
    await testDatabase.database.query('DELETE FROM outbox');
    mailer = new ScriptedMailer();
    outbox = new Outbox(rows, config);
    delivery = newDelivery(config);
  });
  const newDelivery = (mail: MailConfig) =>
    new MailDeliveryService(rows, mailer, mail, http, new Failpoints([]));

  const template = composeEmail({
    subject: 'Hello',
    paragraphs: ['A paragraph.'],
    button: { label: 'Open', url: 'https://course.test/verify-email?token=t0ken' },
    footer: ['Course Companion'],
  });
  const add = (key: string, usefulMinutes?: number) =>
    outbox.add({
      key,
      to: 'ada@example.test',
      userId: null,
      content: template,
      ...(usefulMinutes && { usefulMinutes }),
    });

  async function find(key: string): Promise<Row | undefined> {
    return testDatabase.database.queryOne<Row>(
      'SELECT status, attempts, content, last_error, next_attempt_at > now() AS waits FROM outbox WHERE key = $1',
      [key],
    );
  }
  const makeDue = () =>
    testDatabase.database.query(`UPDATE outbox SET next_attempt_at = now() WHERE status = 'pending'`);

  it('sends what was added, once, and then forgets what was in it', async () => {
    await add('verify_email:1');

    await delivery.deliverDue();
    await delivery.deliverDue();

    expect(mailer.sent).toEqual([
      expect.objectContaining({
        ...template,
        to: 'ada@example.test',
        messageId: expect.stringMatching(/^<[0-9a-f-]{36}@course\.test>$/),
      }),
    ]);
    expect(await find('verify_email:1')).toMatchObject({ status: 'sent', attempts: 1, content: null });
  });

  it('keeps neither the address nor the link readable while an email waits', async () => {
    await add('verify_email:1');

    const [row] = await testDatabase.database.query<{ whole: string }>(
      'SELECT outbox::text AS whole FROM outbox',
    );
    const bytes = Buffer.from(/\\x([0-9a-f]+)/.exec(row?.whole ?? '')?.[1] ?? '', 'hex').toString('latin1');
    expect(bytes.length).toBeGreaterThan(100);
    expect(`${row?.whole}${bytes}`).not.toMatch(/ada@|t0ken|paragraph/i);
  });

  it('tells a fact once, however often it is added', async () => {
    expect(await add('password_changed:1')).toBe(true);
    expect(await add('password_changed:1')).toBe(false);
    await delivery.deliverDue();
    expect(await add('password_changed:1')).toBe(false);

    await delivery.deliverDue();

    expect(mailer.sent).toHaveLength(1);
  });

  it('sends nothing of a transaction that is rolled back', async () => {
    const lost = testDatabase.database.transaction(async () => {
      await add('verify_email:1');
      throw new Error('the account could not be made');
    });

    await expect(lost).rejects.toThrow('could not be made');
    await delivery.deliverDue();
    expect(mailer.sent).toEqual([]);
  });

  it('shares the work of many workers without sending twice', async () => {
    const keys = Array.from({ length: 60 }, (_, number) => `notice:${number}`);
    await Promise.all(keys.map((key) => add(key)));

    const workers = Array.from({ length: 4 }, () => newDelivery(config));
    for (let round = 0; round < 4; round++) await Promise.all(workers.map((one) => one.deliverDue()));

    expect(mailer.sent).toHaveLength(60);
    expect(new Set(mailer.sent.map(({ messageId }) => messageId)).size).toBe(60);
  });

  it('tries again later after a failure, under the same Message-ID', async () => {
    const attempts: string[] = [];
    mailer.script = ({ messageId }) => {
      attempts.push(messageId);
      if (attempts.length < 3) throw new Error('the mail server failed: ETIMEDOUT');
    };
    await add('verify_email:1');

    await delivery.deliverDue();
    expect(await find('verify_email:1')).toMatchObject({
      status: 'pending',
      attempts: 1,
      waits: true,
      last_error: 'the mail server failed: ETIMEDOUT',
    });
    await delivery.deliverDue();
    expect(attempts).toHaveLength(1);
    await makeDue();
    await delivery.deliverDue();
    await makeDue();
    await delivery.deliverDue();

    expect(await find('verify_email:1')).toMatchObject({ status: 'sent', attempts: 3, last_error: null });
    expect(new Set(attempts).size).toBe(1);
  });

  it('holds no other mail up when one fails', async () => {
    mailer.script = ({ to }) => {
      if (to === 'broken@example.test') throw new Error('no');
    };
    await outbox.add({ key: 'notice:1', to: 'broken@example.test', userId: null, content: template });
    await add('notice:2');

    await delivery.deliverDue();

    expect(mailer.sent.map(({ to }) => to)).toEqual(['ada@example.test']);
  });

  it('gives up at once when the recipient is refused for good', async () => {
    mailer.script = () => {
      throw new RecipientRefusedError('the mail server failed: EENVELOPE RCPT TO 550');
    };
    await add('verify_email:1');

    await delivery.deliverDue();

    expect(await find('verify_email:1')).toMatchObject({ status: 'dead', attempts: 1, content: null });
  });

  it('gives up after fifty attempts', async () => {
    mailer.script = () => {
      throw new Error('no');
    };
    await add('verify_email:1');
    await testDatabase.database.query('UPDATE outbox SET attempts = 48');

    await delivery.deliverDue();
    expect(await find('verify_email:1')).toMatchObject({ status: 'pending', attempts: 49 });
    await makeDue();
    await delivery.deliverDue();

    expect(await find('verify_email:1')).toMatchObject({ status: 'dead', attempts: 50, last_error: 'no' });
  });

  it('does not send a link that is dead by now', async () => {
    await add('reset_password:1', 30);
    await testDatabase.database.query(`UPDATE outbox SET expires_at = now() - interval '1 second'`);

    await delivery.deliverDue();

    expect(mailer.sent).toEqual([]);
    expect(await find('reset_password:1')).toMatchObject({ status: 'dead', last_error: 'expired' });
  });

  it('reads an email that was written before the signing key was rotated, and gives up when the key was removed', async () => {
    await add('notice:1');
    await newDelivery({ ...config, sealingSecrets: ['new', 'secret'] }).deliverDue();
    expect(mailer.sent).toHaveLength(1);

    await add('notice:2');
    await newDelivery({ ...config, sealingSecrets: ['new'] }).deliverDue();

    expect(mailer.sent).toHaveLength(1);
    expect(await find('notice:2')).toMatchObject({
      status: 'dead',
      last_error: expect.stringContaining('key'),
    });
  });

  it('leaves an email alone while another process may be sending it, and takes it over when that one died', async () => {
    await add('verify_email:1');
    const [lost] = await rows.claim(1, 120);
    await delivery.deliverDue();
    expect(mailer.sent).toEqual([]);

    await makeDue();
    await delivery.deliverDue();

    expect(mailer.sent).toHaveLength(1);
    expect(await find('verify_email:1')).toMatchObject({ status: 'sent', attempts: 2 });
    expect(lost).toMatchObject({ key: 'verify_email:1', attempts: 1 });
  });

  it('lets a claim that was taken over change nothing', async () => {
    await add('verify_email:1');
    const [lost] = await rows.claim(1, 120);
    await makeDue();
    const [current] = await rows.claim(1, 120);
    if (lost === undefined || current === undefined) throw new Error('nothing was claimed');

    await rows.retryLater(lost, 1, 'late');
    await rows.settle(lost, 'dead', 'late');

    expect(await find('verify_email:1')).toMatchObject({ status: 'pending', attempts: 2, last_error: null });
    await rows.settle(current, 'sent');
    expect(await find('verify_email:1')).toMatchObject({ status: 'sent' });
  });

  it('is woken by the commit, long before the next poll, and drains more than one batch', async () => {
    const dispatcher = new MailDispatcherService(delivery, config, {
      url: testDatabase.url,
      poolSize: 2,
      webhookPoolSize: 1,
    });
    await dispatcher.onApplicationBootstrap();
    try {
      await testDatabase.database.transaction(async () => {
        for (let number = 0; number < 25; number++) await add(`notice:${number}`);
      });

      await eventually(() => expect(mailer.sent).toHaveLength(25));
    } finally {
      await dispatcher.onApplicationShutdown();
    }
  });

  it('polls, in case a notification was lost', async () => {
    const polling = { ...config, pollMs: 20 };
    const dispatcher = new MailDispatcherService(delivery, polling, {
      url: testDatabase.url,
      poolSize: 2,
      webhookPoolSize: 1,
    });
    await dispatcher.onApplicationBootstrap();
    try {
      await add('notice:1');
      await eventually(async () => expect((await find('notice:1'))?.status).toBe('sent'));
      await testDatabase.database.query(
        `UPDATE outbox SET status = 'pending', content = $1, settled_at = NULL, next_attempt_at = now()`,
        [Buffer.from('nothing that could be read')],
      );
      await eventually(async () => expect((await find('notice:1'))?.status).toBe('dead'));
    } finally {
      await dispatcher.onApplicationShutdown();
    }
  });

  it('ends a delivery that is under way before it stops', async () => {
    let finish = (): void => undefined;
    mailer.script = () => new Promise<void>((resolve) => (finish = resolve));
    const dispatcher = new MailDispatcherService(delivery, config, {
      url: testDatabase.url,
      poolSize: 2,
      webhookPoolSize: 1,
    });
    await add('notice:1');
    await dispatcher.onApplicationBootstrap();
    await eventually(async () => expect((await find('notice:1'))?.attempts).toBe(1));

    const stopped = dispatcher.onApplicationShutdown();
    finish();
    await stopped;

    expect(await find('notice:1')).toMatchObject({ status: 'sent' });
  });
});
