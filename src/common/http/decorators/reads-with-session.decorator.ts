import { SetMetadata } from '@nestjs/common';
import type { Principal } from 'src/common/domain/principal';

/** Facts about the caller that one statement reads together with the session. */
export interface SessionRead<T> {
  /** Identifies the SQL in the name of the prepared statement. */
  readonly name: string;
  /** A scalar expression that gives JSON. `$2` is the user id. */
  readonly sql: string;
  parse(json: unknown): T;
}

export const SESSION_READS = 'http:session-reads';

/** Reads these facts with the session of the caller: the route needs no further statement for them. */
export const ReadsWithSession = (...reads: readonly SessionRead<unknown>[]) =>
  SetMetadata(SESSION_READS, reads);

/** Undefined when the route does not ask for it. */
export function factsOf<T>({ facts }: Pick<Principal, 'facts'>, read: SessionRead<T>): T | undefined {
  const json = facts?.[read.name];
  return json === undefined ? undefined : read.parse(json);
}
