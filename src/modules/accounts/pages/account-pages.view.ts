import { formPage } from 'src/common/http/form-page';
import type { FormRefusal } from 'src/common/http/form-refusal';
import { page } from 'src/common/http/page';
import { ACCOUNT_PATH } from 'src/modules/auth';
import { currentPasswordField, emailField, newPasswordField } from './account-fields';

const BACK = { href: ACCOUNT_PATH, label: 'Back to your account' };

export function passwordPage({ errors = {}, error }: FormRefusal): string {
  return formPage({
    title: 'Change your password',
    text: 'You stay signed in here. Everywhere else you are signed out, in ChatGPT too.',
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
    title: 'Your password is changed',
    text: 'You are signed out everywhere but here. ChatGPT will ask you to connect again.',
    tone: 'good',
    link: BACK,
  });

export interface EmailPage extends FormRefusal {
  readonly present: string;
  readonly wanted?: string;
}

export function emailPage({ present, wanted, errors = {}, error }: EmailPage): string {
  return formPage({
    title: 'Change your address',
    text: `Your e-mail address is ${present}. We send a link to the new one; it counts once you have confirmed it there.`,
    error,
    forms: [
      {
        action: '/account/email',
        submit: 'Send the link',
        fields: [
          emailField({
            name: 'new_email',
            label: 'New e-mail address',
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

/** The same whether or not somebody has this address. */
export const emailRequestedPage = (email: string): string =>
  page({
    title: 'Look into your mail',
    text: `A mail is on its way to ${email}. Confirm there within 24 hours; until then your account keeps its address.`,
    tone: 'good',
    link: BACK,
  });
