import type { FormField } from 'src/common/http/form-page';

type Field = Pick<FormField, 'name' | 'label' | 'value' | 'error' | 'hint'>;

export const emailField = (field: Field): FormField => ({ ...field, type: 'email', autocomplete: 'email' });

export const newPasswordField = (error: string | undefined): FormField => ({
  name: 'new_password',
  label: 'New password',
  type: 'password',
  autocomplete: 'new-password',
  hint: 'At least 8 characters. A short sentence is easy to remember.',
  error,
});

export const currentPasswordField = (name: string, label: string, error: string | undefined): FormField => ({
  name,
  label,
  type: 'password',
  autocomplete: 'current-password',
  error,
});
