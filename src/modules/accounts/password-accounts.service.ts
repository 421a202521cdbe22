import { Injectable } from '@nestjs/common';
import { recordSecurityEvent } from 'src/common/security-log';
import { Database } from 'src/database/database';
import { UsersService, type User } from 'src/modules/users';
import { AttemptsService } from 'src/modules/auth';
import { EmailVerificationService } from './email-verification.service';
import { InvalidCredentialsError } from './accounts.errors';
import { CredentialsService, type CredentialProof } from './credentials.service';
import { assertNewPassword } from './new-password';

export interface Registration {
  readonly email: string;
  readonly password: string;
  readonly fullName: string;
  /** Where the request comes from: `@ClientAddress()`. */
  readonly address: string;
}

export interface PasswordProof {
  readonly email: string;
  readonly password: string;
  /** Where the request comes from: `@ClientAddress()`. */
  readonly address: string;
}

/** A caller who knew the password of this account when it was checked. */
export interface VerifiedOwner {
  readonly user: User;
  readonly credential: CredentialProof;
}

/** Accounts with a password: making them, and proving to be their owner. */
@Injectable()
export class PasswordAccountsService {
  constructor(
    private readonly database: Database,
    private readonly users: UsersService,
    private readonly credentials: CredentialsService,
    private readonly attempts: AttemptsService,
    private readonly verifications: EmailVerificationService,
  ) {}

  /**
   * Makes a student with a password, and emails the link that confirms the address. `openSession` happens in the same
   * transaction. Throws `email_taken`, `invalid_request` for a password that is easy to guess, and `too_many_attempts`.
   */
  async create<T>(
    { email, password, fullName, address }: Registration,
    openSession: (userId: string) => Promise<T>,
  ): Promise<{ user: User; session: T }> {
    assertNewPassword(password, { email, fullName });
    await this.attempts.begin('registration', { address });
    const passwordHash = await this.credentials.hash(password);
    return this.database.transaction(async () => {
      const user = await this.users.create({ email, fullName });
      await this.credentials.save(user.id, passwordHash);
      await this.verifications.start(user, address);
      return { user, session: await openSession(user.id) };
    });
  }

  /** Opens a sign-in. Throws what `authenticate` throws, also when a new password was faster. */
  async signIn<T>(
    proof: PasswordProof,
    openSession: (userId: string) => Promise<T>,
  ): Promise<{ user: User; session: T }> {
    const owner = await this.authenticate(proof);
    const { user } = owner;
    const opened = await this.asOwner(owner, async () => ({ user, session: await openSession(user.id) }));
    recordSecurityEvent('signed_in', { user_id: user.id });
    return opened;
  }

  /**
   * Throws `invalid_credentials` or `too_many_attempts`, after the same work whether the address is known or not.
   * Never call it inside a transaction: a failure must be counted although the caller gives up. What is done with the
   * account then is done in `asOwner`.
   */
  async authenticate({ email, password, address }: PasswordProof): Promise<VerifiedOwner> {
    const attempt = await this.attempts.begin('sign_in', { account: email, address });
    let owner: VerifiedOwner | undefined;
    try {
      owner = await this.findVerified(email, password);
    } catch (error) {
      // The outage is the error to report, also when it keeps this from being taken back.
      await attempt.cancel().catch(() => undefined);
      throw error;
    }
    if (owner === undefined) {
      recordSecurityEvent('sign_in_failed');
      throw new InvalidCredentialsError();
    }
    await attempt.succeed();
    return owner;
  }

  /**
   * Does `work` in a transaction, before the password changes or not at all: what an old one opens after a change
   * would outlive it. Throws `invalid_credentials` when it has changed.
   */
  asOwner<T>({ credential }: VerifiedOwner, work: () => Promise<T>): Promise<T> {
    return this.database.transaction(async () => {
      if (!(await this.credentials.isCurrent(credential))) throw new InvalidCredentialsError();
      return work();
    });
  }

  private async findVerified(email: string, password: string): Promise<VerifiedOwner | undefined> {
    const user = await this.users.findByEmail(email);
    const credential = await this.credentials.prove(user?.id, password);
    return user && credential && { user, credential };
  }
}
