import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DatabaseConfig, MailConfig } from 'src/config/app-config';
import { Database } from 'src/database/database';
import { NotifiedLoop } from 'src/database/notified-loop';
import { EmailRequestsService } from './email-requests.service';
import { EmailVerificationService } from './email-verification.service';
import { PasswordResetService } from './password-reset.service';
import { EmailRequestsRepository, type EmailRequestRow } from './persistence/email-requests.repository';

const BATCH = 20;
const LEASE_SECONDS = 30;
const USEFUL_MINUTES = 60;

/** Which service sends which requested email. */
@Injectable()
export class RequestedEmails {
  constructor(
    private readonly resets: PasswordResetService,
    private readonly verifications: EmailVerificationService,
  ) {}

  send({ kind, email }: { kind: 'reset_password' | 'verify_email'; email: string }): Promise<void> {
    return kind === 'reset_password' ? this.resets.send(email) : this.verifications.resendTo(email);
  }
}

/** Answers requests for emails, in every worker: woken by NOTIFY, with a poll behind it. */
@Injectable()
export class EmailRequestsWorker implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(EmailRequestsWorker.name);
  private readonly loop: NotifiedLoop;

  constructor(
    private readonly database: Database,
    private readonly rows: EmailRequestsRepository,
    private readonly requests: EmailRequestsService,
    private readonly emails: RequestedEmails,
    mail: MailConfig,
    { url }: DatabaseConfig,
  ) {
    this.loop = new NotifiedLoop({
      databaseUrl: url,
      channel: 'email_requests',
      intervalMs: mail.pollMs,
      look: () => this.look(),
      onFailure: (error) =>
        this.logger.warn({ err: error }, 'could not answer requests for emails; the next poll tries again'),
    });
  }

  onApplicationBootstrap(): Promise<void> {
    return this.loop.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.loop.stop();
  }

  private async look(): Promise<void> {
    await this.rows.deleteOlderThan(USEFUL_MINUTES);
    const claimed = await this.rows.claim(BATCH, LEASE_SECONDS);
    for (const row of claimed) {
      await this.answer(row).catch((error: unknown) => {
        this.logger.warn(
          { err: error, request: row.id },
          'could not answer a request for an email; it is tried again',
        );
      });
    }
    if (claimed.length === BATCH) this.loop.wake();
  }

  private answer(row: EmailRequestRow): Promise<void> {
    return this.database.transaction(async () => {
      if (!(await this.rows.delete(row.id))) return;
      const request = this.requests.read(row);
      if (request !== undefined) await this.emails.send(request);
    });
  }
}
