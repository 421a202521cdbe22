import { formPage } from 'src/common/http/form-page';
import type { FormRefusal } from 'src/common/http/form-refusal';
import { CHATGPT_URL, page } from 'src/common/http/page';
import { LinkNotValidError } from 'src/modules/accounts/accounts.errors';
import { emailField } from './account-fields';

export const verifyPage = (email: string, token: string): string =>
  formPage({
    title: 'Verify your email address',
    text: `Is ${email} your email address?`,
    forms: [{ action: '/verify-email', submit: 'Yes, verify it', hidden: { token } }],
  });

export const verifiedPage = (email: string): string =>
  page({
    title: 'Your email address is verified',
    text: `${email} is the email address of your account. You can close this page and continue the course.`,
    tone: 'good',
    link: { href: CHATGPT_URL, label: 'Go back to ChatGPT' },
    secondLink: { href: '/account', label: 'Your account' },
  });

export interface RequestLinkPage extends FormRefusal {
  /** The visitor followed a link that no longer works. */
  readonly isDead: boolean;
  readonly email?: string;
}

export function requestLinkPage({ isDead, email, errors = {}, error }: RequestLinkPage): string {
  return formPage({
    title: 'Verify your email address',
    text: 'Enter the email address of your account. We will send you a link to verify it.',
    error: error ?? (isDead ? new LinkNotValidError().detail : undefined),
    forms: [
      {
        action: '/verify-email/resend',
        submit: 'Send link',
        fields: [emailField({ name: 'email', label: 'Email address', value: email, error: errors['email'] })],
      },
    ],
    links: [{ href: '/account', label: 'Your account' }],
  });
}

/** The same whether or not there is such an account, and whether or not its address is confirmed. */
export const linkSentPage = (): string =>
  page({
    title: 'Check your email',
    text: 'If this address has an account and is not verified yet, we sent it a link. The link works for 24 hours. If no email arrives within a few minutes, check your spam folder, then ask again.',
    tone: 'good',
    link: { href: CHATGPT_URL, label: 'Go back to ChatGPT' },
    secondLink: { href: '/account', label: 'Your account' },
  });
