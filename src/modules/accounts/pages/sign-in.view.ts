import { formPage, type FormField } from 'src/common/http/form-page';
import type { FormRefusal } from 'src/common/http/form-refusal';
import { withReturn } from 'src/modules/auth';

export interface SignInPage extends FormRefusal {
  readonly email?: string;
  readonly returnTo: string;
}

export interface RegisterPage extends SignInPage {
  readonly fullName?: string;
}

const emailField = (value: string | undefined, error: string | undefined): FormField => ({
  name: 'email',
  label: 'Email address',
  type: 'email',
  autocomplete: 'username',
  value,
  error,
});

export function signInPage({ email, returnTo, errors = {}, error }: SignInPage): string {
  const password = { name: 'password', label: 'Password', type: 'password' as const };
  return formPage({
    title: 'Sign in',
    text: isConnecting(returnTo) ? 'Sign in to connect your course.' : 'Welcome back to your course.',
    error,
    forms: [
      {
        action: '/sign-in',
        submit: 'Sign in',
        fields: [
          emailField(email, errors['email']),
          { ...password, autocomplete: 'current-password', error: errors['password'] },
        ],
        hidden: { return_to: returnTo },
      },
    ],
    links: [
      { href: withReturn('/register', returnTo), label: 'New here? Create an account' },
      { href: withReturn('/forgot-password', returnTo), label: 'Forgot your password?' },
    ],
  });
}

export function registerPage({ email, fullName, returnTo, errors = {}, error }: RegisterPage): string {
  return formPage({
    title: 'Create your account',
    text: 'The first chapters are free. You learn inside ChatGPT; this account keeps your progress.',
    error,
    forms: [
      {
        action: '/register',
        submit: 'Create account',
        fields: [
          {
            name: 'full_name',
            label: 'Your name',
            type: 'text',
            autocomplete: 'name',
            value: fullName,
            hint: 'As it should appear on your certificate.',
            error: errors['full_name'],
          },
          emailField(email, errors['email']),
          {
            name: 'password',
            label: 'Password',
            type: 'password',
            autocomplete: 'new-password',
            hint: 'At least 8 characters. A short sentence is easy to remember.',
            error: errors['password'],
          },
        ],
        hidden: { return_to: returnTo },
      },
    ],
    links: [
      { href: withReturn('/sign-in', returnTo), label: 'Already have an account? Sign in' },
      { href: '/terms', label: 'Terms' },
      { href: '/privacy', label: 'Privacy policy' },
    ],
  });
}

/** Whether an application waits for this sign-in. */
const isConnecting = (returnTo: string): boolean => returnTo.startsWith('/interaction/');
