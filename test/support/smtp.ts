import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { parseEmail, type ReceivedEmail } from './emails';

/** A real SMTP server on a port of its own. What it should refuse is up to `options`. */
export class TestSmtpServer {
  readonly mails: ReceivedEmail[] = [];

  private constructor(
    private readonly server: SMTPServer,
    private port: number,
  ) {}

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  static async start(options: SMTPServerOptions = {}): Promise<TestSmtpServer> {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      logger: false,
      onData: (stream, _session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          void parseEmail(Buffer.concat(chunks)).then((mail) => {
            started.mails.push(mail);
            done(null);
          });
        });
      },
      ...options,
    });
    const started = new TestSmtpServer(server, 0);
    await new Promise<void>((resolve, reject) => {
      server.on('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    started.port = (server.server.address() as AddressInfo).port;
    return started;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.server.close(resolve));
  }
}

/** How a mail server says no. */
export const smtpError = (responseCode: number, message: string): Error =>
  Object.assign(new Error(message), { responseCode });
