import { z } from 'zod';
import { ConfigError } from './app-config';

const schema = z.object({
  OPERATOR_EMAIL: z.string('is not set').trim().check(z.email('is not an email address')),
  OPERATOR_PASSWORD: z
    .string('is not set')
    .min(8, 'has fewer than 8 characters')
    .max(128, 'has more than 128 characters'),
});

/** For the command that creates an operator. Throws ConfigError, which names what is missing and repeats no value. */
export function loadOperatorCredentials(source: Readonly<Record<string, string | undefined>> = process.env): {
  email: string;
  password: string;
} {
  const parsed = schema.safeParse(source);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map(({ path, message }) => `${String(path[0])} ${message}`));
  }
  return { email: parsed.data.OPERATOR_EMAIL, password: parsed.data.OPERATOR_PASSWORD };
}

/** For the command that disables an operator. Throws ConfigError. */
export function loadOperatorEmail(
  source: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const parsed = schema.shape.OPERATOR_EMAIL.safeParse(source['OPERATOR_EMAIL']);
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map(({ message }) => `OPERATOR_EMAIL ${message}`));
  return parsed.data;
}
