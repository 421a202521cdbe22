import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import { EntitlementsService, type Access } from 'src/modules/payments';
import { UsersService, type User } from 'src/modules/users';
import { AccessTokensService, type AccessToken } from './access-tokens.service';
import { InvalidCredentialsError } from './auth.errors';
import { CredentialsService } from './credentials.service';
import { SessionsService, type Session } from './sessions.service';

/** A user together with what they may read right now. */
export interface Account {
  readonly user: User;
  readonly access: Access;
}

export interface SignIn extends Account {
  readonly accessToken: AccessToken;
  readonly refreshToken: string;
}

export interface Registration {
  readonly email: string;
  readonly password: string;
  readonly fullName: string;
}

/** Registering, signing in and staying signed in. */
@Injectable()
export class AuthService {
  constructor(
    private readonly database: Database,
    private readonly users: UsersService,
    private readonly entitlements: EntitlementsService,
    private readonly credentials: CredentialsService,
    private readonly sessions: SessionsService,
    private readonly accessTokens: AccessTokensService,
  ) {}

  /** Makes a student with a password. `openSession` happens in the same transaction. Throws `email_taken`. */
  async createAccount<T>(
    { email, password, fullName }: Registration,
    openSession: (userId: string) => Promise<T>,
  ): Promise<{ user: User; session: T }> {
    const passwordHash = await this.credentials.hash(password);
    return this.database.transaction(async () => {
      const user = await this.users.create({ email, fullName });
      await this.credentials.save(user.id, passwordHash);
      return { user, session: await openSession(user.id) };
    });
  }

  /** Throws `invalid_credentials`, after the same work whether the address is known or not. */
  async authenticate(email: string, password: string): Promise<User> {
    const user = await this.users.findByEmail(email);
    const proved = await this.credentials.verify(user?.id, password);
    if (user === undefined || !proved) throw new InvalidCredentialsError();
    return user;
  }

  /** Makes a student, with password and first sign-in or not at all. Throws `email_taken`. */
  async register(registration: Registration): Promise<SignIn> {
    const { user, session } = await this.createAccount(registration, (id) => this.sessions.open(id));
    return this.toSignIn(user, session);
  }

  /** Throws what `authenticate` throws. */
  async login(email: string, password: string): Promise<SignIn> {
    const user = await this.authenticate(email, password);
    return this.toSignIn(user, await this.sessions.open(user.id));
  }

  /** Throws `invalid_refresh_token` or `refresh_token_reused`. */
  async refresh(refreshToken: string): Promise<SignIn> {
    const session = await this.sessions.refresh(refreshToken);
    return this.toSignIn(await this.users.getById(session.userId), session);
  }

  /** Throws `user_not_found`, and whatever keeps the access from being read: an outage never looks like "free". */
  async getAccount(userId: string): Promise<Account> {
    const [user, access] = await Promise.all([
      this.users.getById(userId),
      this.entitlements.getAccess(userId),
    ]);
    return { user, access };
  }

  private async toSignIn(user: User, { sessionId, refreshToken }: Session): Promise<SignIn> {
    const access = await this.entitlements.getAccess(user.id);
    const accessToken = this.accessTokens.issue({ userId: user.id, role: user.role, sessionId });
    return { user, access, accessToken, refreshToken };
  }
}
