import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmailFolder, type ReceivedEmail } from '../../test/support/emails';
import { smtpError, TestSmtpServer } from '../../test/support/smtp';
import { FileMailer } from './file-mailer';
import { RecipientRefusedError, type Mail, type Mailer } from './mailer';
import { helloName, SmtpMailer } from './smtp-mailer';

const FROM = 'Course Companion <course@course.test>';
const MAIL: Mail = {
  messageId: '<0b7f3a52-6d43-4c5e-9d7b-1f2a3b4c5d6e@course.test>',
  date: new Date('2026-01-02T03:04:05.678Z'),
  to: 'ada@example.test',
  subject: 'Confirm your email address — ünïcode',
  text: `Hello,\n\nopen this:\nhttps://course.test/verify-email?token=${'x'.repeat(80)}\n\n.\nA line with a dot above it.\n`,
  html: '<!doctype html><html><body><p>Hello &amp; welcome</p></body></html>',
};

interface Way {
  readonly mailer: Mailer;
  received(): Promise<ReceivedEmail[]> | ReceivedEmail[];
  end(): Promise<void> | void;
}

function fileWay(): Way {
  const directory = mkdtempSync(join(tmpdir(), 'mails-'));
  return {
    mailer: new FileMailer(join(directory, 'not', 'yet', 'there'), FROM),
    received: () => new EmailFolder(join(directory, 'not', 'yet', 'there')).list(),
    end: () => rmSync(directory, { recursive: true }),
  };
}

async function smtpWay(): Promise<Way> {
  const server = await TestSmtpServer.start();
  return {
    mailer: new SmtpMailer(server.url, FROM),
    received: () => server.mails,
    end: () => server.stop(),
  };
}

describe.each<[string, () => Way | Promise<Way>]>([
  ['FileMailer', fileWay],
  ['SmtpMailer', smtpWay],
])('%s, like every Mailer,', (_, start) => {
  let way: Way;

  beforeEach(async () => {
    way = await start();
  });
  afterEach(() => way.end());

  it('delivers text and HTML unchanged, with long lines and any characters', async () => {
    await way.mailer.send(MAIL);

    const [received] = await way.received();
    expect(received).toMatchObject({
      to: MAIL.to,
      from: 'course@course.test',
      subject: MAIL.subject,
      messageId: MAIL.messageId,
    });
    expect(received?.text.replaceAll('\r\n', '\n')).toContain(MAIL.text.trimEnd());
    expect(received?.html).toContain('Hello &amp; welcome');
  });

  it('says that a program wrote the email, and when', async () => {
    await way.mailer.send(MAIL);

    const [received] = await way.received();
    expect(received?.headers.get('auto-submitted')).toBe('auto-generated');
    expect(new Date(received?.headers.get('date') ?? '')).toEqual(new Date('2026-01-02T03:04:05Z'));
  });

  it('sends to one address only, with any text in it', async () => {
    await way.mailer.send({ ...MAIL, to: 'ada@example.test, eve@example.test' }).catch(() => undefined);

    for (const { to } of await way.received()) expect(to).not.toBe('ada@example.test,eve@example.test');
    expect((await way.received()).filter(({ to }) => to === 'eve@example.test')).toEqual([]);
  });

  it('lets no line break of a subject become a header', async () => {
    await way.mailer.send({ ...MAIL, subject: 'Hello\r\nBcc: eve@example.test' });

    expect((await way.received())[0]?.headers.has('bcc')).toBe(false);
  });

  it('delivers many at once', async () => {
    const ids = Array.from({ length: 20 }, (_entry, number) => `<${number}@course.test>`);

    await Promise.all(ids.map((messageId) => way.mailer.send({ ...MAIL, messageId })));

    expect((await way.received()).map(({ messageId }) => messageId).toSorted()).toEqual(ids.toSorted());
  });

  it('keeps the Message-ID when an email is sent again', async () => {
    await way.mailer.send(MAIL);
    await way.mailer.send(MAIL);

    expect(new Set((await way.received()).map(({ messageId }) => messageId))).toEqual(
      new Set([MAIL.messageId]),
    );
  });
});

describe('FileMailer', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'mails-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('leaves one email in two forms, readable by their owner only, also when it is sent again', async () => {
    const mailer = new FileMailer(directory, FROM);
    await mailer.send(MAIL);
    await mailer.send(MAIL);

    const names = readdirSync(directory).toSorted();
    expect(names).toEqual([
      expect.stringMatching(/^2026-01-02T03-04-05-678Z-confirm-your-email-address.*\.eml$/),
      expect.stringMatching(/^2026-01-02T03-04-05-678Z-confirm-your-email-address.*\.json$/),
    ]);
    for (const name of names) expect(statSync(join(directory, name)).mode & 0o777).toBe(0o600);
  });

  it('fails when it cannot write', async () => {
    writeFileSync(join(directory, 'file'), '');

    await expect(new FileMailer(join(directory, 'file'), FROM).send(MAIL)).rejects.toThrow();
  });
});

describe('SmtpMailer', () => {
  const sendThrough = async (url: string, limits = {}) => {
    const failure: unknown = await new SmtpMailer(url, FROM, limits)
      .send(MAIL)
      .catch((error: unknown) => error);
    return failure as Error | undefined;
  };

  it('introduces itself by the host name of the public address', async () => {
    const names: string[] = [];
    const server = await TestSmtpServer.start({
      onMailFrom: (_address, session, done) => {
        names.push(session.hostNameAppearsAs as unknown as string);
        done();
      },
    });

    await sendThrough(server.url, { name: helloName('https://course.example.test/') });
    await server.stop();

    expect(names).toEqual(['course.example.test']);
    expect([helloName('http://127.0.0.1:3000'), helloName('http://localhost')]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it.each(['user@', 'user:secret@'])('sends no credentials (%s) to a server without TLS', async (user) => {
    let attempts = 0;
    const server = await TestSmtpServer.start({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => {
        attempts += 1;
        done(null, { user: 'user' });
      },
    });

    const failure = await sendThrough(server.url.replace('//', `//${user}`));
    await server.stop();

    expect(failure?.message).toMatch(/ETLS/);
    expect([attempts, server.mails.length]).toEqual([0, 0]);
  });

  it.each([
    [550, true],
    [450, false],
  ])('takes %i for the recipient as final: %s, and repeats no address', async (code, final) => {
    const server = await TestSmtpServer.start({
      onRcptTo: ({ address }, _session, done) => done(smtpError(code, `<${address}> is unknown`)),
    });

    const failure = await sendThrough(server.url);
    await server.stop();

    expect(failure instanceof RecipientRefusedError).toBe(final);
    expect(failure?.message).toContain(String(code));
    expect(failure?.message).not.toContain('ada@');
  });

  it.each<[string, ConstructorParameters<typeof Error>[0], Parameters<typeof TestSmtpServer.start>[0]]>([
    [
      'the sender is refused, which is our mistake',
      '553',
      { onMailFrom: (_address, _session, done) => done(smtpError(553, 'not from here')) },
    ],
    [
      'the content is refused',
      '554',
      {
        onData: (stream, _session, done) => {
          stream.resume();
          stream.on('end', () => done(smtpError(554, 'spam')));
        },
      },
    ],
    ['its certificate is nobody’s', 'E', { disabledCommands: ['AUTH'] }],
    ['it wants a password that we do not have', 'E', { authOptional: false, disabledCommands: ['STARTTLS'] }],
  ])('leaves the email to a later attempt when %s', async (_, expected, options) => {
    const server = await TestSmtpServer.start(options);

    const failure = await sendThrough(server.url);
    await server.stop();

    expect(failure).toBeInstanceOf(Error);
    expect(failure).not.toBeInstanceOf(RecipientRefusedError);
    expect(failure?.message).toContain(expected);
  });

  it('signs in over TLS with the name and the password of its address', async () => {
    const seen: unknown[] = [];
    const server = await TestSmtpServer.start({
      authOptional: false,
      disabledCommands: [],
      onAuth: ({ username, password }, _session, done) => {
        seen.push([username, password]);
        done(null, { user: username });
      },
    });

    // The certificate of the test server is its own.
    await sendThrough(server.url.replace('//', '//course:p%40ss@'), { tls: { rejectUnauthorized: false } });
    await server.stop();

    expect(seen).toEqual([['course', 'p@ss']]);
    expect(server.mails).toHaveLength(1);
  });

  it('fails when nobody listens', async () => {
    const server = await TestSmtpServer.start();
    await server.stop();

    expect((await sendThrough(server.url))?.message).toMatch(/^the mail server failed: E/);
  });

  it('does not wait for a server that accepts and says nothing', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;

    const failure = await sendThrough(`smtp://127.0.0.1:${port}`, { greetingTimeout: 100 });
    silent.close();

    expect(failure?.message).toContain('ETIMEDOUT');
  });
});
