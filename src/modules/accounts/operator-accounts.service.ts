import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import { UserSessionsService } from 'src/modules/auth';
import { UsersService, type User } from 'src/modules/users';
import { CredentialsService } from './credentials.service';
import { assertNewPassword } from './new-password';

export interface OperatorCredentials {
  readonly email: string;
  readonly password: string;
}

export type OperatorOutcome = 'created' | 'updated' | 'unchanged';

const FULL_NAME = 'Operator';

/** Makes sure that an operator can sign in: the only way to that role, and not reachable over HTTP. */
@Injectable()
export class OperatorAccountsService {
  constructor(
    private readonly database: Database,
    private readonly users: UsersService,
    private readonly credentials: CredentialsService,
    private readonly sessions: UserSessionsService,
  ) {}

  /**
   * Idempotent. Afterwards the account exists, is an operator and has this password; when the password had to be
   * changed, every earlier session of the account has ended. Throws `invalid_request` for a password that is easy to guess.
   */
  async ensure({ email, password }: OperatorCredentials): Promise<OperatorOutcome> {
    const existing = await this.users.findByEmail(email);
    const passwordIsRight = await this.credentials.verify(existing?.id, password);
    if (existing?.role === 'operator' && passwordIsRight) return 'unchanged';
    if (!passwordIsRight) assertNewPassword(password, { email, fullName: FULL_NAME });
    const newHash = passwordIsRight ? undefined : await this.credentials.hash(password);
    await this.database.transaction(async () => {
      const { id } = existing ?? (await this.users.create({ email, fullName: FULL_NAME, role: 'operator' }));
      await this.promote(id, existing);
      // The person who runs the command vouches for the address.
      await this.users.markEmailVerified(id, email);
      if (newHash === undefined) return;
      await this.credentials.save(id, newHash);
      await this.sessions.revokeAllOfUser(id, 'password_changed');
    });
    return existing === undefined ? 'created' : 'updated';
  }

  private async promote(id: string, existing: User | undefined): Promise<void> {
    if (existing?.role === 'student') await this.users.setRole(id, 'operator');
  }
}
