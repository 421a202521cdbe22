import { Injectable } from '@nestjs/common';
import { recordSecurityEvent } from 'src/common/security-log';
import { Database } from 'src/database/database';
import { AttemptsService } from 'src/modules/auth';
import { CustomerDetails } from 'src/modules/payments';
import { UsersService, type User } from 'src/modules/users';
import { LinkNotValidError, EmailLimitError } from './accounts.errors';
import { AccountEmails } from './emails/account-emails';
import { EmailTokensService, type EmailProof } from './email-tokens.service';

const PURPOSES = ['verify_email', 'change_email'] as const;

/** Verification of email addresses: of a new account, and of an address that is to replace the current one. */
@Injectable()
export class EmailVerificationService {
  constructor(
    private readonly database: Database,
    private readonly users: UsersService,
    private readonly attempts: AttemptsService,
    private readonly tokens: EmailTokensService,
    private readonly emails: AccountEmails,
    private readonly customers: CustomerDetails,
  ) {}

  /** Emails the link of a new account. Joins the transaction that creates it. Throws `too_many_attempts`. */
  async start(user: User, address: string): Promise<void> {
    await this.sendTo(user, address);
  }

  /** Emails another link; nothing when the address is verified. Throws `mail_limit` and `too_many_attempts`. */
  async resend(userId: string, address: string): Promise<User> {
    const user = await this.users.getById(userId);
    if (user.emailVerifiedAt !== null) return user;
    const isSent = await this.database.transaction(() => this.sendTo(user, address));
    if (!isSent) {
      recordSecurityEvent('emails_limited', { user_id: user.id });
      throw new EmailLimitError(await this.tokens.secondsToWait('verify_email', user.id));
    }
    return user;
  }

  /** Emails another link, if an account waits for one. Joins the transaction in which the worker answers the request. */
  async resendTo(email: string): Promise<void> {
    const user = await this.users.findByEmail(email);
    if (user?.emailVerifiedAt === null) await this.sendLink(user);
  }

  /** What a link would confirm; changes nothing. */
  find(token: string): Promise<EmailProof | undefined> {
    return this.tokens.find(token, PURPOSES);
  }

  /**
   * Confirms the address, or puts the new one in the place of the old one. Repeating is harmless: a link that has done
   * it says so again. Returns the address. Throws `link_not_valid`, and `email_taken` when the new address has got an
   * account in the meantime.
   */
  async verify(token: string): Promise<string> {
    const verified = await this.database.transaction(async () => {
      const proof = await this.tokens.use(token, PURPOSES);
      if (proof !== undefined) await this.apply(proof);
      return proof;
    });
    if (verified !== undefined) {
      const event = verified.purpose === 'change_email' ? 'email_changed' : 'email_verified';
      recordSecurityEvent(event, { user_id: verified.user.id });
    }
    const email = verified === undefined ? await this.findVerified(token) : verified.email;
    if (email === undefined) throw new LinkNotValidError();
    return email;
  }

  /** The address that this link has verified, while it is still the address of the account. */
  async findVerified(token: string): Promise<string | undefined> {
    const proof = await this.tokens.findUsed(token, PURPOSES);
    const isCurrent = proof?.user.email === proof?.email && proof?.user.emailVerifiedAt !== null;
    return isCurrent ? proof?.email : undefined;
  }

  private async apply({ user, purpose, email }: EmailProof): Promise<void> {
    if (purpose === 'verify_email') return this.users.markEmailVerified(user.id, email);
    await this.users.changeEmail(user.id, email);
    await this.customers.announce(user.id);
    await this.emails.emailChanged(user);
  }

  /** Counts the email in the transaction that sends it: what is rolled back has reached nobody. */
  private async sendTo(user: User, address: string): Promise<boolean> {
    const isSent = await this.sendLink(user);
    if (isSent) await this.attempts.begin('email', { account: user.email, address });
    return isSent;
  }

  private async sendLink(user: User): Promise<boolean> {
    const token = await this.tokens.issue('verify_email', user, user.email);
    if (token === undefined) return false;
    await this.emails.verifyEmail(user, token);
    return true;
  }
}
