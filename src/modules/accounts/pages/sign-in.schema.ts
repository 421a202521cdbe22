import { z } from 'zod';
import { returnTo, typed } from './typed.schema';

export const signInFormSchema = z.object({ email: typed, password: typed, return_to: returnTo });
export type SignInForm = z.infer<typeof signInFormSchema>;

export const registerFormSchema = z.object({
  email: typed,
  full_name: typed,
  password: typed,
  return_to: returnTo,
});
export type RegisterForm = z.infer<typeof registerFormSchema>;
