import { Injectable } from '@nestjs/common';
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

  /** Emails the link of a new account. Joins the transaction that makes it. */
  async start(user: User): Promise<void> {
    const token = await this.tokens.issue('verify_email', user, user.email);
    if (token !== undefined) await this.emails.verifyEmail(user, token);
  }

  /** Emails another link; nothing when the address is confirmed. Throws `mail_limit`. */
  async resend(userId: string): Promise<User> {
    const user = await this.users.getById(userId);
    if (user.emailVerifiedAt !== null) return user;
    const isSent = await this.sendTo(user);
    if (!isSent) throw new EmailLimitError(await this.tokens.secondsToWait('verify_email', user.id));
    return user;
  }

  /**
   * Like `resend` for anyone who knows the email address only; reveals nothing about an account, also not by its duration.
   * Throws `too_many_attempts`. `address` from `@ClientAddress()`.
   */
  async resendTo(email: string, address: string): Promise<void> {
    await this.attempts.begin('verification_email', { account: email, address });
    const user = await this.users.findByEmail(email);
    await this.sendTo(user?.emailVerifiedAt === null ? user : undefined);
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
    const proof = verified ?? (await this.tokens.findUsed(token, PURPOSES));
    if (proof === undefined) throw new LinkNotValidError();
    const { email, emailVerifiedAt } = await this.users.getById(proof.user.id);
    if (email !== proof.email || emailVerifiedAt === null) throw new LinkNotValidError();
    return email;
  }

  private async apply({ user, purpose, email }: EmailProof): Promise<void> {
    if (purpose === 'verify_email') return this.users.markEmailVerified(user.id, email);
    await this.users.changeEmail(user.id, email);
    await this.customers.announce(user.id);
    await this.emails.emailChanged(user);
  }

  private sendTo(user: User | undefined): Promise<boolean> {
    return this.database.transaction(async () => {
      const token = await this.tokens.issue('verify_email', user, user?.email ?? '');
      if (user === undefined || token === undefined) await this.emails.placeholder();
      else await this.emails.verifyEmail(user, token);
      return token !== undefined;
    });
  }
}
