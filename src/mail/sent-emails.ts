import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** An email that FileMailer has written. */
export interface SentEmail {
  /** The name of its file without the ending. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly date: string;
  readonly text: string;
  readonly html: string;
}

const ENDING = '.json';
const MOST_LISTED = 100;

/** Reads what FileMailer wrote beside each `.eml` file. For pages of development installations. */
export class SentEmails {
  constructor(private readonly directory: string) {}

  /** The newest first. */
  async list(): Promise<SentEmail[]> {
    const names = (await readdir(resolve(this.directory)).catch(() => []))
      .filter((name) => name.endsWith(ENDING))
      .toSorted()
      .reverse()
      .slice(0, MOST_LISTED);
    const emails = await Promise.all(names.map((name) => this.read(name.slice(0, -ENDING.length))));
    return emails.filter((email) => email !== undefined);
  }

  /** Undefined for an unknown email. `id` must be a file name. */
  async read(id: string): Promise<SentEmail | undefined> {
    try {
      const text = await readFile(join(resolve(this.directory), `${id}${ENDING}`), 'utf8');
      return { ...(JSON.parse(text) as Omit<SentEmail, 'id'>), id };
    } catch {
      return undefined;
    }
  }
}
