// SQLSTATE classes and codes that mean "the database is unavailable", not "this statement is wrong":
// 08 connection, 53 resources (too many connections, disk full), 57P0x shutdown, 25006 read-only standby,
// 40001/40P01 serialization and deadlock, 55P03/57014 lock and statement timeouts.
// https://www.postgresql.org/docs/current/errcodes-appendix.html
const OUTAGE_SQLSTATE = /^(08...|53...|57P0.|25006|40001|40P01|55P03|57014)$/;
const NETWORK_CODE =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;
// node-postgres and TypeORM report a broken connection, also under an open transaction, without a code.
const DRIVER_MESSAGE =
  /timeout exceeded when trying to connect|connection terminated|connection error and is not queryable|query runner already released/i;

function codeOf(error: object): string | undefined {
  const { code, driverError } = error as { code?: unknown; driverError?: { code?: unknown } };
  const value = driverError?.code ?? code;
  return typeof value === 'string' ? value : undefined;
}

/** True when a failed statement or socket means that the dependency is unavailable, so that a retry may succeed. */
export function isOutage(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const code = codeOf(error);
  if (code !== undefined && (OUTAGE_SQLSTATE.test(code) || NETWORK_CODE.test(code))) return true;
  if (error instanceof AggregateError) return error.errors.some(isOutage);
  return error instanceof Error && DRIVER_MESSAGE.test(error.message);
}
