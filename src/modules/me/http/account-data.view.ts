import { formPage } from 'src/common/http/form-page';
import type { FormRefusal } from 'src/common/http/form-refusal';

const BACK = { href: '/account', label: 'Your account' };

const PASSWORD = {
  name: 'password',
  label: 'Password',
  type: 'password',
  autocomplete: 'current-password',
} as const;

export const dataPage = ({ error, errors }: FormRefusal): string =>
  formPage({
    title: 'Download your data',
    text: 'You get one file in the JSON format with everything that we store about you: account, sessions, learning, purchases, payments and the list of emails. Keep it in a safe place.',
    error,
    forms: [
      {
        action: '/account/data',
        submit: 'Download',
        fields: [{ ...PASSWORD, error: errors?.['password'] }],
      },
    ],
    links: [BACK],
  });
