import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createTransport } from 'nodemailer';
import { Mailer, type Mail } from './mailer';
import { toMessage } from './message';

/**
 * Writes `.eml` files, which mail programs open, instead of sending: for machines without a mail server. An email that is
 * sent again replaces its file.
 */
export class FileMailer extends Mailer {
  private readonly transport = createTransport({ streamTransport: true, buffer: true });

  constructor(
    private readonly directory: string,
    private readonly from: string,
  ) {
    super();
  }

  async send(mail: Mail): Promise<void> {
    const { message } = await this.transport.sendMail(toMessage(mail, this.from));
    const directory = resolve(this.directory);
    await mkdir(directory, { recursive: true });
    const path = join(directory, fileName(mail));
    // Written to a temporary name and renamed, so that readers of the folder never see half an email. It may hold a secret link.
    await writeFile(`${path}.part`, message as Buffer, { mode: 0o600 });
    await rename(`${path}.part`, path);
    await this.writeReadable(mail, path.replace(/\.eml$/, '.json'));
  }

  /** The same for `/dev/mail`, which has no parser of emails. */
  private async writeReadable({ to, subject, date, text, html }: Mail, path: string): Promise<void> {
    await writeFile(`${path}.part`, JSON.stringify({ to, subject, date, text, html }), { mode: 0o600 });
    await rename(`${path}.part`, path);
  }
}

/** Sorts by time and says what is in it. */
function fileName({ date, subject, messageId }: Mail): string {
  const time = date.toISOString().replaceAll(/[:.]/g, '-');
  const words = subject
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 60);
  const unique = messageId.replaceAll(/[^a-zA-Z0-9-]/g, '').slice(0, 36);
  return `${time}-${words}-${unique}.eml`;
}
