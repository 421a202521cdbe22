import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { eventually } from './wait';

export interface ReceivedEmail {
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
  /** The link that proves who got the email; undefined for an email without. */
  readonly link: string | undefined;
  readonly headers: ReadonlyMap<string, string>;
}

export async function parseEmail(raw: Buffer): Promise<ReceivedEmail> {
  const mail = await PostalMime.parse(raw);
  const text = mail.text ?? '';
  return {
    to: (mail.to ?? []).map(({ address }) => address).join(','),
    from: mail.from?.address ?? '',
    subject: mail.subject ?? '',
    text,
    html: mail.html ?? '',
    messageId: mail.messageId ?? '',
    link: /^https?:\/\/\S+\?token=\S+$/m.exec(text)?.[0],
    headers: new Map(mail.headers.map(({ key, value }) => [key, String(value)])),
  };
}

/** The emails of a folder, oldest first. */
export class EmailFolder {
  /** By name and time of writing: who waits for one email asks often, and parsing all of them each time starves the application. */
  private readonly parsed = new Map<string, Promise<ReceivedEmail>>();

  constructor(readonly path: string = mkdtempSync(join(tmpdir(), 'course-companion-mails-'))) {}

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }

  async list(to?: string): Promise<ReceivedEmail[]> {
    const mails = this.names().map((name) => this.read(join(this.path, name)));
    return (await Promise.all(mails)).filter((mail) => to === undefined || mail.to === to);
  }

  /** Waits until there are `count` emails to this address whose subject contains `subject`, and gives the newest. */
  async waitFor(to: string, subject: string, count = 1): Promise<ReceivedEmail> {
    return eventually(
      async () => {
        const mails = (await this.list(to)).filter((mail) => mail.subject.includes(subject));
        const newest = mails.at(-1);
        if (newest === undefined || mails.length < count) {
          throw new Error(`${mails.length} mails "${subject}" to ${to}, not ${count}`);
        }
        return newest;
      },
      { timeoutMs: 15_000 },
    );
  }

  private read(path: string): Promise<ReceivedEmail> {
    const key = `${path} ${statSync(path).mtimeMs}`;
    const parsed = this.parsed.get(key) ?? parseEmail(readFileSync(path));
    this.parsed.set(key, parsed);
    return parsed;
  }

  private names(): string[] {
    try {
      return readdirSync(this.path)
        .filter((name) => name.endsWith('.eml'))
        .sort();
    } catch {
      return [];
    }
  }
}
