import { createTransport, type NodemailerError } from 'nodemailer';
import { RecipientRefusedError, Mailer, type Mail } from './mailer';
import { toMessage } from './message';

// A healthy mail server answers within a second; an email that has to wait longer waits in the outbox.
const LIMITS = {
  dnsTimeout: 5_000,
  connectionTimeout: 5_000,
  greetingTimeout: 5_000,
  socketTimeout: 10_000,
};

/** Through a mail server: `smtps://` is TLS from the first byte, `smtp://` turns to TLS when the server offers it. */
export class SmtpMailer extends Mailer {
  private readonly transport;

  constructor(
    url: string,
    private readonly from: string,
    limits: Partial<typeof LIMITS> = {},
  ) {
    super();
    this.transport = createTransport({
      url,
      ...LIMITS,
      ...limits,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  /** Connects and signs in without sending anything. Throws when the server refuses or does not answer. */
  async verify(): Promise<void> {
    try {
      await this.transport.verify();
    } catch (error) {
      throw toMailError(error as NodemailerError);
    }
  }

  async send(mail: Mail): Promise<void> {
    try {
      await this.transport.sendMail(toMessage(mail, this.from));
    } catch (error) {
      throw toMailError(error as NodemailerError);
    }
  }
}

/** Without the server's own words, which repeat the address. */
function toMailError({ code, command, responseCode }: NodemailerError): Error {
  const message = ['the mail server failed:', code, command, responseCode].filter(Boolean).join(' ');
  const isRefusal = command === 'RCPT TO' && responseCode !== undefined && responseCode >= 500;
  return isRefusal ? new RecipientRefusedError(message) : new Error(message);
}
