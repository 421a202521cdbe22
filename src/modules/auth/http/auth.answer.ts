import type { Account, SignIn } from 'src/modules/auth/auth.service';

export interface UserAnswer {
  readonly id: string;
  readonly email: string;
  readonly full_name: string;
  readonly is_premium: boolean;
  readonly subscription_tier: 'free' | 'premium';
}

export interface SignInAnswer {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly token_type: 'Bearer';
  /** Life of the access token in seconds. */
  readonly expires_in: number;
  readonly user: UserAnswer;
}

export const toUserAnswer = ({ user, access }: Account): UserAnswer => ({
  id: user.id,
  email: user.email,
  full_name: user.fullName,
  is_premium: access.granted,
  subscription_tier: access.granted ? 'premium' : 'free',
});

export const toSignInAnswer = (signIn: SignIn): SignInAnswer => ({
  access_token: signIn.accessToken.token,
  refresh_token: signIn.refreshToken,
  token_type: 'Bearer',
  expires_in: signIn.accessToken.expiresInSeconds,
  user: toUserAnswer(signIn),
});
