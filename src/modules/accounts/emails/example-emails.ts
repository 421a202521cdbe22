import { composeEmail, type EmailContent } from 'src/mail/email-template';
import {
  addressInUseTemplate,
  emailChangedTemplate,
  emailChangeRequestedTemplate,
  passwordChangedTemplate,
  resetPasswordTemplate,
  verifyEmailTemplate,
  verifyNewEmailTemplate,
} from './account-templates';

/** One email per template, by name, for previews. Their links lead to this installation. */
export function exampleAccountEmails(
  publicUrl: string,
  footer: readonly string[],
): Map<string, EmailContent> {
  const verify = `${publicUrl}/verify-email?token=example`;
  const forgot = `${publicUrl}/forgot-password`;
  const templates = {
    'verify-email': verifyEmailTemplate(verify),
    'reset-password': resetPasswordTemplate(`${publicUrl}/reset-password?token=example`),
    'password-changed': passwordChangedTemplate(forgot),
    'verify-new-email': verifyNewEmailTemplate(verify),
    'address-in-use': addressInUseTemplate(forgot),
    'email-change-requested': emailChangeRequestedTemplate(forgot),
    'email-changed': emailChangedTemplate('help@example.test'),
  };
  return new Map(
    Object.entries(templates).map(([name, template]) => [name, composeEmail({ ...template, footer })]),
  );
}
