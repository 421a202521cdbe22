import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import { UsersService, type User } from 'src/modules/users';
import { EmailConfirmationService } from './account/email-confirmation.service';
import { AttemptsService } from './attempts.service';
import { InvalidCredentialsError } from './auth.errors';
import { CredentialsService } from './credentials.service';
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

/** Accounts with a password: making them, and proving to be their owner. */
@Injectable()
export class PasswordAccountsService {
  constructor(
    private readonly database: Database,
    private readonly users: UsersService,
    private readonly credentials: CredentialsService,
    private readonly attempts: AttemptsService,
    private readonly confirmations: EmailConfirmationService,
  ) {}

  /**
   * Makes a student with a password, and mails the link that confirms the address. `openSession` happens in the same transaction. Throws `email_taken`,
   * `invalid_request` for a password that is guessed first, and `too_many_attempts`.
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
      await this.confirmations.start(user);
      return { user, session: await openSession(user.id) };
    });
  }

  /**
   * Throws `invalid_credentials` or `too_many_attempts`, after the same work whether the address is known or not.
   * Never call it inside a transaction: a failure must be counted although the caller gives up.
   */
  async authenticate({ email, password, address }: PasswordProof): Promise<User> {
    const attempt = await this.attempts.begin('sign_in', { account: email, address });
    let user: User | undefined;
    try {
      user = await this.findProved(email, password);
    } catch (error) {
      // The outage is the error to report, also when it keeps this from being taken back.
      await attempt.cancel().catch(() => undefined);
      throw error;
    }
    if (user === undefined) throw new InvalidCredentialsError();
    await attempt.succeed();
    return user;
  }

  private async findProved(email: string, password: string): Promise<User | undefined> {
    const user = await this.users.findByEmail(email);
    const proved = await this.credentials.verify(user?.id, password);
    return proved ? user : undefined;
  }
}
