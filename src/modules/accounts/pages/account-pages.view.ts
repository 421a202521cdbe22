import { formPage } from 'src/common/http/form-page';
import type { FormRefusal } from 'src/common/http/form-refusal';
import { page } from 'src/common/http/page';
import { ACCOUNT_PATH } from 'src/modules/auth';
import { currentPasswordField, emailField, newPasswordField } from './account-fields';

const BACK = { href: ACCOUNT_PATH, label: 'Back to your account' };

export function passwordPage({ errors = {}, error }: FormRefusal): string {
  return formPage({
    title: 'Change your password',
    text: 'You stay signed in here. You are signed out everywhere else, including ChatGPT.',
    error,
    forms: [
      {
        action: '/account/password',
        submit: 'Change password',
        fields: [
          currentPasswordField('current_password', 'Current password', errors['current_password']),
          newPasswordField(errors['new_password']),
        ],
      },
    ],
    links: [{ href: '/forgot-password', label: 'Forgot your password?' }, BACK],
  });
}

export const passwordChangedPage = (): string =>
  page({
    title: 'Your password was changed',
    text: 'You are signed out everywhere else. ChatGPT will ask you to connect again.',
    tone: 'good',
    link: BACK,
  });

export interface EmailPage extends FormRefusal {
  readonly present: string;
  readonly wanted?: string;
}

export function emailPage({ present, wanted, errors = {}, error }: EmailPage): string {
  return formPage({
    title: 'Change your email address',
    text: `Your email address is ${present}. We will send a link to the new address. It becomes your address when you open that link.`,
    error,
    forms: [
      {
        action: '/account/email',
        submit: 'Send the link',
        fields: [
          emailField({
            name: 'new_email',
            label: 'New email address',
            value: wanted,
            error: errors['new_email'],
          }),
          currentPasswordField('password', 'Password', errors['password']),
        ],
      },
    ],
    links: [BACK],
  });
}

/** The same whether or not someone has this address. */
export const emailRequestedPage = (email: string): string =>
  page({
    title: 'Check your email',
    text: `We sent an email to ${email}. Open its link within 24 hours. Until then your account keeps its current address.`,
    tone: 'good',
    link: BACK,
  });
