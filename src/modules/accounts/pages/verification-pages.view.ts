import { formPage } from 'src/common/http/form-page';
import type { FormRefusal } from 'src/common/http/form-refusal';
import { CHATGPT_URL, page } from 'src/common/http/page';
import { LinkNotValidError } from 'src/modules/accounts/accounts.errors';
import { emailField } from './account-fields';

export const verifyPage = (email: string, token: string): string =>
  formPage({
    title: 'Confirm your address',
    text: `Is ${email} your address?`,
    forms: [{ action: '/verify-email', submit: 'Yes, confirm it', hidden: { token } }],
  });

export const verifiedPage = (email: string): string =>
  page({
    title: 'Your address is confirmed',
    text: `${email} is the address of your account. You can close this page and go on learning.`,
    tone: 'good',
    link: { href: CHATGPT_URL, label: 'Go back to ChatGPT' },
    secondLink: { href: '/account', label: 'Your account' },
  });

export interface RequestLinkPage extends FormRefusal {
  /** Somebody came here with a link that does not work. */
  readonly isDead: boolean;
  readonly email?: string;
}

export function requestLinkPage({ isDead, email, errors = {}, error }: RequestLinkPage): string {
  return formPage({
    title: 'Confirm your address',
    text: 'Tell us the e-mail address of your account, and we send you a link that confirms it.',
    error: error ?? (isDead ? new LinkNotValidError().detail : undefined),
    forms: [
      {
        action: '/verify-email/resend',
        submit: 'Send me a link',
        fields: [
          emailField({ name: 'email', label: 'E-mail address', value: email, error: errors['email'] }),
        ],
      },
    ],
    links: [{ href: '/account', label: 'Your account' }],
  });
}

/** The same whether or not there is such an account, and whether or not its address is confirmed. */
export const linkSentPage = (): string =>
  page({
    title: 'Look into your mail',
    text: 'If this address has an account and is not confirmed yet, a link is on its way. It works for 24 hours. Nothing there after a few minutes? Look among unwanted mail, then ask again.',
    tone: 'good',
    link: { href: CHATGPT_URL, label: 'Go back to ChatGPT' },
    secondLink: { href: '/account', label: 'Your account' },
  });
