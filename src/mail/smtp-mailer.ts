import { isIP } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
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

export interface SmtpOptions extends Partial<typeof LIMITS> {
  /** What EHLO says; strict servers refuse a name without a dot. Undefined: the driver's own. */
  readonly name?: string | undefined;
  readonly tls?: ConnectionOptions;
}

/**
 * Through a mail server: `smtps://` is TLS from the first byte, `smtp://` turns to TLS when the server offers it, and
 * insists on it when the address has credentials.
 */
export class SmtpMailer extends Mailer {
  private readonly transport;

  constructor(
    url: string,
    private readonly from: string,
    options: SmtpOptions = {},
  ) {
    super();
    this.transport = createTransport({
      url,
      ...LIMITS,
      ...options,
      requireTLS: hasCredentials(url),
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

/** Without TLS anyone on the way could read them. */
function hasCredentials(url: string): boolean {
  const { protocol, username, password } = new URL(url);
  return protocol === 'smtp:' && (username !== '' || password !== '');
}

/** The host name of an address for EHLO; undefined when it is an IP address or a bare name such as localhost. */
export function helloName(publicUrl: string): string | undefined {
  const { hostname } = new URL(publicUrl);
  return hostname.includes('.') && isIP(hostname) === 0 ? hostname : undefined;
}

/** Without the server's own words, which repeat the address. */
function toMailError({ code, command, responseCode }: NodemailerError): Error {
  const message = ['the mail server failed:', code, command, responseCode].filter(Boolean).join(' ');
  const isRefusal = command === 'RCPT TO' && responseCode !== undefined && responseCode >= 500;
  return isRefusal ? new RecipientRefusedError(message) : new Error(message);
}
