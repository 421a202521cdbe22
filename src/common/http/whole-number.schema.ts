import { z } from 'zod';

/** A whole number in a query or a path. Every invalid value gets the same message, which names the range. */
export function wholeNumberSchema(min: number, max: number) {
  const message = `must be ${min} to ${max}`;
  return z.coerce.number(message).int(message).min(min, message).max(max, message);
}
