import { Injectable } from '@nestjs/common';
import { MailConfig } from 'src/config/app-config';
import type { EmailContent } from './email-template';
import { OutboxRepository } from './persistence/outbox.repository';
import { seal } from './sealing';

export interface OutgoingEmail {
  /** The business fact, `kind:identity`; appears in logs, so it holds ids and no addresses. */
  readonly key: string;
  readonly to: string;
  /** Whose account it is about: it is part of what the owner can export, and deleted with the account. Null for operators' alerts. */
  readonly userId: string | null;
  readonly content: EmailContent;
  /** After that it is not sent any more: its link would be dead. By default there is no limit. */
  readonly usefulMinutes?: number;
}

/** How modules send email: as a row in the transaction of the fact that the email reports. No request waits for a mail server. */
@Injectable()
export class Outbox {
  constructor(
    private readonly rows: OutboxRepository,
    private readonly config: MailConfig,
  ) {}

  /** Sends the email once the open transaction has committed, and each key once. False when the key was known. */
  add({ key, to, userId, content, usefulMinutes }: OutgoingEmail): Promise<boolean> {
    const [secret = ''] = this.config.sealingSecrets;
    const sealed = seal(JSON.stringify({ to, ...content }), key, secret);
    return this.rows.add({ key, userId, content: sealed, lifeMinutes: usefulMinutes });
  }

  /** Those of the keys that were added in the last 30 days. */
  findKnown(keys: readonly string[]): Promise<ReadonlySet<string>> {
    return this.rows.findKnown(keys);
  }
}
