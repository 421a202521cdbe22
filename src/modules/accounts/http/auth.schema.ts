import { z } from 'zod';
import { findNameProblem, LONGEST_NAME, normaliseName } from 'src/common/domain/person-name';
import { boundedText } from 'src/common/http/text.schema';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from 'src/modules/accounts/domain/new-password';

// Control characters (NUL above all, which PostgreSQL refuses) and lone surrogates, which are no text.
const CLEAN_LINE = /^[^\p{Cc}\p{Cs}]*$/u;
const NO_NUL = /^[^\0\p{Cs}]*$/u;

const MAX_EMAIL_LENGTH = 254;

const email = boundedText(MAX_EMAIL_LENGTH)
  .trim()
  .normalize('NFC')
  .check(z.email('must be an email address'), z.maxLength(MAX_EMAIL_LENGTH))
  .meta({ description: 'Not case-sensitive' });

// Characters as people count them, not UTF-16 units.
const lengthBetween = (least: number, most: number) => (text: string) => {
  const { length } = [...text];
  return least <= length && length <= most;
};

/** The form of a new password. `assertNewPassword` rejects the ones that are easy to guess. */
export const newPasswordSchema = boundedText(MAX_PASSWORD_LENGTH)
  .normalize('NFC')
  .regex(NO_NUL, 'must be text without NUL')
  .refine(
    lengthBetween(MIN_PASSWORD_LENGTH, MAX_PASSWORD_LENGTH),
    `must have ${MIN_PASSWORD_LENGTH} to ${MAX_PASSWORD_LENGTH} characters`,
  )
  .meta({ minLength: MIN_PASSWORD_LENGTH, maxLength: MAX_PASSWORD_LENGTH });

// Rules for new passwords may change; existing passwords must keep working. Only the length is limited.
const existingPassword = boundedText(MAX_PASSWORD_LENGTH)
  .normalize('NFC')
  .regex(NO_NUL, 'must be text without NUL')
  .refine(lengthBetween(1, MAX_PASSWORD_LENGTH), `must have at most ${MAX_PASSWORD_LENGTH} characters`)
  .meta({ maxLength: MAX_PASSWORD_LENGTH });

// Anything that is text is looked up, and refused with 401 when it is no token of ours.
const refreshToken = z
  .string()
  .min(1)
  .max(4096, { abort: true })
  .regex(CLEAN_LINE, 'must be one line of text');

export const fullNameSchema = z
  .string()
  .max(LONGEST_NAME, { abort: true })
  .trim()
  .min(1)
  .regex(CLEAN_LINE, 'must be one line of text')
  .superRefine((name, context) => {
    const problem = findNameProblem(name);
    if (problem !== undefined) context.addIssue(problem);
  })
  .overwrite(normaliseName);

export const registerSchema = z.strictObject({
  email,
  password: newPasswordSchema,
  full_name: fullNameSchema,
});
export type RegisterBody = z.infer<typeof registerSchema>;

export const loginSchema = z.strictObject({ email, password: existingPassword });
export type LoginBody = z.infer<typeof loginSchema>;

export const refreshSchema = z.strictObject({ refresh_token: refreshToken });
export type RefreshBody = z.infer<typeof refreshSchema>;

export const logoutSchema = z.strictObject({ refresh_token: refreshToken.optional() }).optional();
export type LogoutBody = z.infer<typeof logoutSchema>;

// One rule for what a password or an address may be, wherever it is asked for.
export { email as emailSchema, existingPassword as existingPasswordSchema };
