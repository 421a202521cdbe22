import { Injectable } from '@nestjs/common';
import { EntitlementsService, type Access } from 'src/modules/payments';
import { UsersService, type User } from 'src/modules/users';
import { AccessTokensService, type AccessToken, SessionsService, type Session } from 'src/modules/auth';
import { PasswordAccountsService, type PasswordProof, type Registration } from './password-accounts.service';

/** A user together with what they may read right now. */
export interface Account {
  readonly user: User;
  readonly access: Access;
}

export interface SignInResult extends Account {
  readonly accessToken: AccessToken;
  readonly refreshToken: string;
}

/** Registering, signing in and staying signed in. */
@Injectable()
export class AuthService {
  constructor(
    private readonly users: UsersService,
    private readonly entitlements: EntitlementsService,
    private readonly accounts: PasswordAccountsService,
    private readonly sessions: SessionsService,
    private readonly accessTokens: AccessTokensService,
  ) {}

  /** For other kinds of sign-in than `register` opens: see `PasswordAccountsService.create`. */
  createAccount<T>(
    registration: Registration,
    openSession: (userId: string) => Promise<T>,
  ): Promise<{ user: User; session: T }> {
    return this.accounts.create(registration, openSession);
  }

  /** For other kinds of sign-in than `login` opens: see `PasswordAccountsService.signIn`. */
  signIn<T>(
    proof: PasswordProof,
    openSession: (userId: string) => Promise<T>,
  ): Promise<{ user: User; session: T }> {
    return this.accounts.signIn(proof, openSession);
  }

  /** Makes a student, with password and first session or not at all. Throws what `createAccount` throws. */
  async register(registration: Registration): Promise<SignInResult> {
    const { user, session } = await this.createAccount(registration, (id) => this.sessions.open(id));
    return this.toSignIn(user, session);
  }

  /** Throws `invalid_credentials` or `too_many_attempts`. */
  async login(proof: PasswordProof): Promise<SignInResult> {
    const { user, session } = await this.signIn(proof, (id) => this.sessions.open(id));
    return this.toSignIn(user, session);
  }

  /** Throws `invalid_refresh_token` or `refresh_token_reused`. */
  async refresh(refreshToken: string): Promise<SignInResult> {
    const session = await this.sessions.refresh(refreshToken);
    return this.toSignIn(await this.users.getById(session.userId), session);
  }

  /** Throws `user_not_found`, and any error that prevents reading the access: an outage never looks like "free". */
  async getAccount(userId: string): Promise<Account> {
    const [user, access] = await Promise.all([
      this.users.getById(userId),
      this.entitlements.getAccess(userId),
    ]);
    return { user, access };
  }

  private async toSignIn(user: User, { sessionId, refreshToken }: Session): Promise<SignInResult> {
    const access = await this.entitlements.getAccess(user.id);
    const accessToken = this.accessTokens.issue({ userId: user.id, role: user.role, sessionId });
    return { user, access, accessToken, refreshToken };
  }
}
