import { z } from 'zod';
import type { Account, SignInResult } from 'src/modules/accounts/auth.service';

export const userAnswerSchema = z.object({
  id: z.uuid(),
  email: z.string(),
  email_verified: z.boolean().describe('Whether the user has verified this email address'),
  full_name: z.string(),
  is_premium: z.boolean(),
  subscription_tier: z.enum(['free', 'premium']),
});
export type UserAnswer = z.infer<typeof userAnswerSchema>;

export const signInAnswerSchema = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.number().int().describe('Lifetime of the access token in seconds'),
  user: userAnswerSchema,
});
export type SignInAnswer = z.infer<typeof signInAnswerSchema>;

export const logoutAnswerSchema = z.object({ logged_out: z.literal(true) });

export const toUserAnswer = ({ user, access }: Account): UserAnswer => ({
  id: user.id,
  email: user.email,
  email_verified: user.emailVerifiedAt !== null,
  full_name: user.fullName,
  is_premium: access.granted,
  subscription_tier: access.granted ? 'premium' : 'free',
});

export const toSignInAnswer = (signIn: SignInResult): SignInAnswer => ({
  access_token: signIn.accessToken.token,
  refresh_token: signIn.refreshToken,
  token_type: 'Bearer',
  expires_in: signIn.accessToken.expiresInSeconds,
  user: toUserAnswer(signIn),
});
