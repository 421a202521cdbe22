import type { MailConfig } from 'src/config/app-config';
import { SmtpMailer } from 'src/mail/smtp-mailer';
import { Findings, type Finding } from 'src/common/domain/finding';

/** Signs in to the mail server and sends nothing. */
export async function checkEmail({ smtpUrl, from, directory }: MailConfig): Promise<Finding[]> {
  const found = new Findings('Email');
  if (smtpUrl === undefined) return found.done(`is written to ${directory}, because SMTP_URL is not set`);
  const failure = await new SmtpMailer(smtpUrl, from).verify().then(
    () => undefined,
    (error: Error) => error.message,
  );
  if (failure !== undefined)
    found.error(
      failure,
      'check host, port, user and password in SMTP_URL, and that this machine may connect',
    );
  return found.done('the mail server accepts the sign-in');
}
