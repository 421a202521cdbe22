/** True when a statement violated this unique constraint or index (SQLSTATE 23505). Compares its name, not the message. */
export function isUniqueViolation(error: unknown, constraint: string): boolean {
  const { driverError } = (error ?? {}) as { driverError?: { code?: string; constraint?: string } };
  return driverError?.code === '23505' && driverError.constraint === constraint;
}
