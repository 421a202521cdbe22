import { Injectable, Logger } from '@nestjs/common';
import { z } from 'zod';
import { backoffMs } from 'src/common/domain/backoff';
import { HttpConfig, MailConfig } from 'src/config/app-config';
import { Failpoints } from 'src/config/failpoints';
import { RecipientRefusedError, Mailer } from './mailer';
import { OutboxRepository, type ClaimedEmail } from './persistence/outbox.repository';
import { open } from './sealing';

const BATCH = 10;
/** Longer than a send can take. An email of a process that crashed is sent again afterwards. */
const LEASE_SECONDS = 120;
/** With five to ten minutes between the later ones: about five hours. */
const MAX_ATTEMPTS = 50;

const contentSchema = z.object({ to: z.string(), subject: z.string(), text: z.string(), html: z.string() });

/**
 * Sends what waits in the outbox. A row is claimed and its attempt counted before anything is sent, so a crash
 * uses up an attempt too. After a crash between sending and recording, the email is sent again under the same
 * Message-ID: at least once, never lost.
 */
@Injectable()
export class MailDeliveryService {
  private readonly logger = new Logger(MailDeliveryService.name);

  constructor(
    private readonly outbox: OutboxRepository,
    private readonly mailer: Mailer,
    private readonly config: MailConfig,
    private readonly http: HttpConfig,
    private readonly failpoints: Failpoints,
  ) {}

  /** Tries everything that is due, once. True when there may be more. */
  async deliverDue(): Promise<boolean> {
    const mails = await this.outbox.claim(BATCH, LEASE_SECONDS);
    const outcomes = await Promise.allSettled(mails.map((mail) => this.deliver(mail)));
    // Every one has ended before the failure of one (the database, then) is told.
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
    return mails.length === BATCH;
  }

  private async deliver(claimed: ClaimedEmail): Promise<void> {
    if (claimed.isExpired) return this.giveUp(claimed, 'expired');
    const content = this.read(claimed);
    if (content === undefined) return this.giveUp(claimed, 'unreadable: its signing key was removed');
    try {
      this.failpoints.hit('worker.before_mail');
      await this.mailer.send({ ...content, messageId: this.messageIdOf(claimed), date: claimed.createdAt });
      this.failpoints.hit('worker.after_mail');
    } catch (error) {
      return this.fail(claimed, error);
    }
    await this.outbox.settle(claimed, 'sent');
    this.logger.log({ mail: claimed.key, attempts: claimed.attempts }, 'email sent');
  }

  private read({ key, content }: ClaimedEmail) {
    const text = open(content, key, this.config.sealingSecrets);
    return text === undefined ? undefined : contentSchema.parse(JSON.parse(text));
  }

  private messageIdOf({ id }: ClaimedEmail): string {
    return `<${id}@${new URL(this.http.publicUrl).hostname}>`;
  }

  private async fail(claimed: ClaimedEmail, thrown: unknown): Promise<void> {
    const error = thrown instanceof Error ? thrown.message : String(thrown);
    if (thrown instanceof RecipientRefusedError || claimed.attempts >= MAX_ATTEMPTS) {
      return this.giveUp(claimed, error);
    }
    await this.outbox.retryLater(claimed, backoffMs(claimed.attempts - 1, Math.random()), error);
    this.logger.warn({ mail: claimed.key, attempts: claimed.attempts, error }, 'email not sent, will retry');
  }

  private async giveUp(claimed: ClaimedEmail, error: string): Promise<void> {
    await this.outbox.settle(claimed, 'dead', error);
    this.logger.error({ mail: claimed.key, attempts: claimed.attempts, error }, 'email failed permanently');
  }
}
