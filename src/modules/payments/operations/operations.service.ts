import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { StripeRejectedError, StripeUnavailableError } from 'src/modules/payments/payments.errors';
import {
  OperationsRepository,
  type NewOperation,
  type Operation,
  type OperationKind,
} from 'src/modules/payments/operations/persistence/operations.repository';

/** Stripe forgets keys after 24 h at the earliest; an older one would be a new request under an old name. */
const KEY_LIFE_MS = 23 * 3_600_000;

/**
 * Runs writes to Stripe under persisted idempotency keys. A lost answer leaves the operation pending, and the same
 * intention repeats it with the same key and the same parameters; a new intention or a definite refusal gets a new key.
 * The caller holds the lease of the target, so no two of them meet.
 */
@Injectable()
export class OperationsService {
  constructor(private readonly operations: OperationsRepository) {}

  /** Repeats the pending operation when it is this very intention, else replaces it by a new one, and runs `write`. */
  async run<T extends { id: string }>(
    intention: NewOperation,
    write: (operation: Operation) => Promise<T>,
  ): Promise<T> {
    return this.execute(await this.pendingOrNew(intention), write);
  }

  /**
   * For writes that set a state which has just been read and is not as wanted: the key of an earlier attempt
   * would only return the stored answer. Repeating such a write is harmless, so it gets a new key.
   */
  async runAfresh<T extends { id: string }>(
    intention: NewOperation,
    write: (operation: Operation) => Promise<T>,
  ): Promise<T> {
    const pending = await this.operations.findPending(intention.target);
    if (pending !== undefined) await this.operations.markSuperseded(pending.id);
    return this.execute(await this.operations.insert(intention), write);
  }

  hasSucceeded(target: string): Promise<boolean> {
    return this.operations.hasSucceeded(target);
  }

  listPendingTargets(userId: string, kind: OperationKind): Promise<ReadonlySet<string>> {
    return this.operations.listPendingTargets(userId, kind);
  }

  findPending(target: string): Promise<Operation | undefined> {
    return this.operations.findPending(target);
  }

  isRepeatable(operation: Operation): boolean {
    return operation.ageMs < KEY_LIFE_MS;
  }

  /** Runs or repeats a given operation. */
  async execute<T extends { id: string }>(
    operation: Operation,
    write: (operation: Operation) => Promise<T>,
  ): Promise<T> {
    try {
      const result = await write(operation);
      await this.operations.markSucceeded(operation.id, result.id);
      return result;
    } catch (error) {
      const code = finalCodeOf(error);
      if (code !== undefined) await this.operations.markFailed(operation.id, code);
      throw error;
    }
  }

  private async pendingOrNew(intention: NewOperation): Promise<Operation> {
    const pending = await this.operations.findPending(intention.target);
    if (pending !== undefined) {
      const same = pending.kind === intention.kind && isDeepStrictEqual(pending.params, intention.params);
      if (same && this.isRepeatable(pending)) return pending;
      // For a repeated old key, Stripe would return the stored answer and do nothing.
      await this.operations.markSuperseded(pending.id);
    }
    return this.operations.insert(intention);
  }
}

/**
 * A definite refusal ends an operation, and so does a 5xx: Stripe keeps the first answer of a key, errors included, and
 * would only repeat it. Anything else leaves the operation pending: the write may have happened.
 */
function finalCodeOf(error: unknown): string | undefined {
  if (error instanceof StripeRejectedError) return error.stripeCode;
  return error instanceof StripeUnavailableError && error.answered ? 'server_error' : undefined;
}
