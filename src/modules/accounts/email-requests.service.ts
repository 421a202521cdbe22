import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { MailConfig } from 'src/config/app-config';
import { open, seal } from 'src/mail/sealing';
import { AttemptsService } from 'src/modules/auth';
import { EmailRequestsRepository, type EmailRequestRow } from './persistence/email-requests.repository';

const requestSchema = z.object({ kind: z.enum(['reset_password', 'verify_email']), email: z.string() });

export type EmailRequest = z.infer<typeof requestSchema>;

/** Requests for an email by anyone who knows an address. */
@Injectable()
export class EmailRequestsService {
  constructor(
    private readonly requests: EmailRequestsRepository,
    private readonly attempts: AttemptsService,
    private readonly config: MailConfig,
  ) {}

  /**
   * Stores the request; the worker looks up the account, so neither the answer nor its duration depends on one. Throws
   * `too_many_attempts`. `address` from `@ClientAddress()`.
   */
  async add(request: EmailRequest, address: string): Promise<void> {
    await this.attempts.begin('email', { account: request.email, address });
    const [secret = ''] = this.config.sealingSecrets;
    const id = randomUUID();
    await this.requests.add(id, seal(JSON.stringify(request), id, secret));
  }

  /** Undefined when the secret that encrypted it is gone. */
  read({ id, content }: EmailRequestRow): EmailRequest | undefined {
    const text = open(content, id, this.config.sealingSecrets);
    return text === undefined ? undefined : requestSchema.parse(JSON.parse(text));
  }
}
