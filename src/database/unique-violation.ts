/** True when a statement failed on exactly this unique constraint or index (SQLSTATE 23505), judged by name, not by text. */
export function isUniqueViolation(error: unknown, constraint: string): boolean {
  const { driverError } = (error ?? {}) as { driverError?: { code?: string; constraint?: string } };
  return driverError?.code === '23505' && driverError.constraint === constraint;
}
