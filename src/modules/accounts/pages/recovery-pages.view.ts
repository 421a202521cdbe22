import { formPage } from 'src/common/http/form-page';
import type { FormRefusal } from 'src/common/http/form-refusal';
import { page } from 'src/common/http/page';
import { withReturn } from 'src/modules/auth';
import { emailField, newPasswordField } from './account-fields';

export interface ForgotPage extends FormRefusal {
  readonly email?: string;
  readonly returnTo: string;
}

export interface ResetPage extends FormRefusal {
  readonly token: string;
}

export function forgotPage({ email, returnTo, errors = {}, error }: ForgotPage): string {
  return formPage({
    title: 'Forgot your password?',
    text: 'Enter the email address of your account. We will send you a link to set a new password.',
    error,
    forms: [
      {
        action: '/forgot-password',
        submit: 'Send the link',
        fields: [emailField({ name: 'email', label: 'Email address', value: email, error: errors['email'] })],
        hidden: { return_to: returnTo },
      },
    ],
    links: [{ href: withReturn('/sign-in', returnTo), label: 'Back to sign in' }],
  });
}

/** The same whether or not there is such an account. */
export const emailSentPage = (returnTo: string): string =>
  page({
    title: 'Check your email',
    text: 'If this address has an account, we sent it a link to set a new password. The link works for 30 minutes. If no email arrives within a few minutes, check your spam folder, then ask again.',
    tone: 'good',
    link: { href: withReturn('/sign-in', returnTo), label: 'Back to sign in' },
  });

export function resetPage({ token, errors = {}, error }: ResetPage): string {
  return formPage({
    title: 'Set a new password',
    text: 'This signs you out everywhere, including ChatGPT. Then sign in with the new password.',
    error,
    forms: [
      {
        action: '/reset-password',
        submit: 'Set password',
        fields: [newPasswordField(errors['new_password'])],
        hidden: { token },
      },
    ],
  });
}

export const resetDonePage = (): string =>
  page({
    title: 'Your password was changed',
    text: 'You are signed out everywhere. Sign in with the new password. ChatGPT will ask you to connect again.',
    tone: 'good',
    link: { href: '/sign-in', label: 'Sign in' },
  });

export const resetLinkExpiredPage = (): string =>
  page({
    title: 'This link no longer works',
    text: 'It was already used, is older than 30 minutes, or was replaced by a newer one. Your password did not change.',
    tone: 'neutral',
    link: { href: '/forgot-password', label: 'Request another link' },
  });
