import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { UsersService, type User } from 'src/modules/users';
import { CredentialsService } from './credentials.service';
import type { TokenPurpose } from './persistence/email-token.entity';
import { EmailTokensRepository, type EmailTokenRow } from './persistence/email-tokens.repository';

/** How long a link works, in minutes. ASVS 5.0, 6.4.1: a reset soon ends. */
export const LINK_MINUTES = {
  verify_email: 24 * 60,
  reset_password: 30,
  change_email: 24 * 60,
} as const satisfies Record<TokenPurpose, number>;

/** So that a stranger cannot flood a mailbox with a form. */
const LIMITS = { gapSeconds: 60, perDay: 10 };

/** What a valid link proves: its owner reads the email of this address, which is or will be this user's. */
export interface EmailProof {
  readonly user: User;
  readonly purpose: TokenPurpose;
  readonly email: string;
}

const hash = (token: string): Buffer => createHash('sha256').update(token).digest();

/** The tokens in emailed links: 256 random bits of which only the hash is stored. Each works once and expires. */
@Injectable()
export class EmailTokensService {
  constructor(
    private readonly tokens: EmailTokensRepository,
    private readonly users: UsersService,
    private readonly credentials: CredentialsService,
  ) {}

  /**
   * A new token for a link to `email`; links of that purpose sent before are void. Undefined when one was sent a
   * moment ago or ten were sent today. Joins an open transaction.
   */
  async issue(purpose: TokenPurpose, user: User, email: string): Promise<string | undefined> {
    const token = randomBytes(32).toString('base64url');
    const issued = await this.tokens.issue(
      {
        userId: user.id,
        purpose,
        tokenHash: hash(token),
        email,
        lifeMinutes: LINK_MINUTES[purpose],
      },
      LIMITS,
    );
    return issued ? token : undefined;
  }

  secondsToWait(purpose: TokenPurpose, userId: string): Promise<number> {
    return this.tokens.secondsToWait(userId, purpose, LIMITS);
  }

  /** What the link would prove, without using it up: email scanners open links too. */
  async find(token: string, purposes: readonly TokenPurpose[]): Promise<EmailProof | undefined> {
    const row = await this.tokens.findValid(hash(token));
    return row !== undefined && purposes.includes(row.purpose) ? this.toProof(row) : undefined;
  }

  /**
   * Uses the link up. Of several concurrent callers, one gets the proof. Joins an open transaction, and locks the
   * password first: a change that is in progress may invalidate the link.
   */
  async use(token: string, purposes: readonly TokenPurpose[]): Promise<EmailProof | undefined> {
    const tokenHash = hash(token);
    const known = await this.tokens.findValid(tokenHash);
    if (known === undefined) return undefined;
    await this.credentials.lock(known.userId);
    const row = await this.tokens.use(tokenHash, purposes);
    return row && this.toProof(row);
  }

  /** The proof of a link that was already used and would otherwise still be valid. */
  async findUsed(token: string, purposes: readonly TokenPurpose[]): Promise<EmailProof | undefined> {
    const row = await this.tokens.findUsed(hash(token), purposes);
    return row && { ...row, user: await this.users.getById(row.userId) };
  }

  /** A link proves nothing when the address it was sent to has been replaced since. */
  private async toProof({ userId, purpose, email }: EmailTokenRow): Promise<EmailProof | undefined> {
    const user = await this.users.getById(userId);
    return purpose === 'change_email' || user.email === email ? { user, purpose, email } : undefined;
  }
}
