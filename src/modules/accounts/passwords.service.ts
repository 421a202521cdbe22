import { hash, parseOptions, verify } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import { bulkhead, isBulkheadRejectedError } from 'cockatiel';
import { ServiceUnavailableError } from 'src/common/errors/app-error';

// OWASP's second recommendation for argon2id: 19 MiB, two passes, one lane.
// https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const CURRENT_FORM = /^\$argon2id\$v=19\$/;

// Hashing runs on libuv's pool of four threads, which files and DNS need too. Two at a time leave two threads for these; a queue
// longer than about a second of work is refused, because its callers would have gone by then.
const PARALLEL_HASHES = 2;
const WAITING_HASHES = 100;

/** Passwords as argon2id PHC strings. Composed and decomposed letters count as the same password. */
@Injectable()
export class PasswordsService {
  private readonly slots = bulkhead(PARALLEL_HASHES, WAITING_HASHES);

  /** Throws `service_unavailable` when too many passwords wait to be hashed; so does `verify`. */
  hash(password: string): Promise<string> {
    return this.inSlot(() => hash(password.normalize('NFC'), PARAMETERS));
  }

  verify(passwordHash: string, password: string): Promise<boolean> {
    return this.inSlot(() => verify(passwordHash, password.normalize('NFC')));
  }

  /** True when the hash was made with other parameters than today's. */
  isOutdated(passwordHash: string): boolean {
    const { memoryCost, timeCost, parallelism } = parseOptions(passwordHash);
    return (
      !CURRENT_FORM.test(passwordHash) ||
      memoryCost !== PARAMETERS.memoryCost ||
      timeCost !== PARAMETERS.timeCost ||
      parallelism !== PARAMETERS.parallelism
    );
  }

  private async inSlot<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await this.slots.execute(work);
    } catch (error) {
      if (!isBulkheadRejectedError(error)) throw error;
      throw new ServiceUnavailableError(
        'Too many people are signing in right now. Please try again in a moment.',
      );
    }
  }
}
