import { z } from 'zod';
import { parseReturnPath } from 'src/modules/auth/domain/return-path';

const returnTo = z.string().optional().transform(parseReturnPath);
// As it was typed: a form that is not right is shown again with what is wrong, not answered with a problem document.
const typed = z.string().default('');

export const returnQuerySchema = z.object({ return_to: returnTo });
export type ReturnQuery = z.infer<typeof returnQuerySchema>;

export const signInFormSchema = z.object({ email: typed, password: typed, return_to: returnTo });
export type SignInForm = z.infer<typeof signInFormSchema>;

export const registerFormSchema = z.object({
  email: typed,
  full_name: typed,
  password: typed,
  return_to: returnTo,
});
export type RegisterForm = z.infer<typeof registerFormSchema>;
