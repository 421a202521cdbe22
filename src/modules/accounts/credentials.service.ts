import { Injectable } from '@nestjs/common';
import { UNKNOWN_USER_ID } from './domain/unknown-user';
import { CredentialsRepository } from './persistence/credentials.repository';
import { PasswordsService } from './passwords.service';

/** Proof that the caller knew the password which the account had at that moment. */
export interface CredentialProof {
  readonly userId: string;
  readonly changedAt: string;
}

/** Checks and keeps the password of an account. */
@Injectable()
export class CredentialsService {
  private decoy: Promise<string> | undefined;

  constructor(
    private readonly credentials: CredentialsRepository,
    private readonly passwords: PasswordsService,
  ) {}

  /** The slow part of `save`, to be done before a transaction is opened. */
  hash(password: string): Promise<string> {
    return this.passwords.hash(password);
  }

  /** Sets or replaces the password; joins an open transaction. */
  save(userId: string, passwordHash: string): Promise<void> {
    return this.credentials.save(userId, passwordHash);
  }

  /**
   * Takes as long for nobody (undefined), or for an account without a password, as for a wrong password.
   * A right password under outdated parameters is hashed again.
   */
  async prove(userId: string | undefined, password: string): Promise<CredentialProof | undefined> {
    const stored = await this.credentials.find(userId ?? UNKNOWN_USER_ID);
    const matches = await this.passwords.verify(stored?.passwordHash ?? (await this.getDecoy()), password);
    if (userId === undefined || stored === undefined || !matches) return undefined;
    const { passwordHash, changedAt } = stored;
    if (this.passwords.isOutdated(passwordHash)) {
      await this.credentials.replaceHash(userId, passwordHash, await this.passwords.hash(password));
    }
    return { userId, changedAt };
  }

  /** Like `prove`, for callers whose next step does not depend on the password staying the same. */
  async verify(userId: string | undefined, password: string): Promise<boolean> {
    return (await this.prove(userId, password)) !== undefined;
  }

  /** Whether the password is still the one that was proved. Locks it until the open transaction ends. */
  async isCurrent({ userId, changedAt }: CredentialProof): Promise<boolean> {
    return (await this.credentials.lock(userId))?.changedAt === changedAt;
  }

  /** Locks the password until the open transaction ends. Waits for a change that is in progress. */
  async lock(userId: string): Promise<void> {
    await this.credentials.lock(userId);
  }

  /** Computed before the first request, which would otherwise take twice as long. */
  async onModuleInit(): Promise<void> {
    await this.getDecoy();
  }

  private getDecoy(): Promise<string> {
    this.decoy ??= this.passwords.hash('nobody has this password');
    return this.decoy;
  }
}
