import { z } from 'zod';

// Control characters (NUL above all, which PostgreSQL refuses) and lone surrogates, which are no text.
const CLEAN_LINE = /^[^\p{Cc}\p{Cs}]*$/u;
const NO_NUL = /^[^\0\p{Cs}]*$/u;

const email = z
  .string()
  .trim()
  .normalize('NFC')
  .check(z.email('must be an e-mail address'), z.maxLength(254))
  .meta({ description: 'Upper and lower case do not matter' });

// Characters as people count them, not UTF-16 units. ASVS 5.0, 6.2.1 and 6.2.9; no rules of composition (6.2.5).
const lengthBetween = (least: number, most: number) => (text: string) => {
  const { length } = [...text];
  return least <= length && length <= most;
};

const newPassword = z
  .string()
  .normalize('NFC')
  .regex(NO_NUL, 'must be text without NUL')
  .refine(lengthBetween(8, 128), 'must have 8 to 128 characters')
  .meta({ minLength: 8, maxLength: 128 });

// Whatever the rule for new passwords becomes, old ones must be able to sign in; only the length is bounded.
const existingPassword = z
  .string()
  .normalize('NFC')
  .regex(NO_NUL, 'must be text without NUL')
  .refine(lengthBetween(1, 128), 'must have at most 128 characters')
  .meta({ maxLength: 128 });

// Anything that is text is looked up, and refused with 401 when it is no token of ours.
const refreshToken = z.string().min(1).max(4096).regex(CLEAN_LINE, 'must be one line of text');

export const registerSchema = z.strictObject({
  email,
  password: newPassword,
  full_name: z.string().trim().normalize('NFC').min(1).max(200).regex(CLEAN_LINE, 'must be one line of text'),
});
export type RegisterBody = z.infer<typeof registerSchema>;

export const loginSchema = z.strictObject({ email, password: existingPassword });
export type LoginBody = z.infer<typeof loginSchema>;

export const refreshSchema = z.strictObject({ refresh_token: refreshToken });
export type RefreshBody = z.infer<typeof refreshSchema>;

export const logoutSchema = z.strictObject({ refresh_token: refreshToken.optional() }).optional();
export type LogoutBody = z.infer<typeof logoutSchema>;
