import { Injectable } from '@nestjs/common';
import { CredentialsRepository } from './persistence/credentials.repository';
import { PasswordsService } from './passwords.service';

// A user id that no row can have, so that an unknown address costs the same statement as a known one.
const NOBODY = '00000000-0000-0000-0000-000000000000';

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
   * A right password under outdated parameters is hashed anew.
   */
  async verify(userId: string | undefined, password: string): Promise<boolean> {
    const stored = await this.credentials.findHash(userId ?? NOBODY);
    const matches = await this.passwords.verify(stored ?? (await this.getDecoy()), password);
    if (userId === undefined || stored === undefined || !matches) return false;
    if (this.passwords.isOutdated(stored)) {
      await this.credentials.replaceHash(userId, stored, await this.passwords.hash(password));
    }
    return true;
  }

  /** Made ahead of the first sign-in, else that one would take twice as long. */
  async onModuleInit(): Promise<void> {
    await this.getDecoy();
  }

  private getDecoy(): Promise<string> {
    this.decoy ??= this.passwords.hash('nobody has this password');
    return this.decoy;
  }
}
