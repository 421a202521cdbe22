import type { SendMailOptions } from 'nodemailer';
import type { Mail } from './mailer';

/** Plain text with an HTML alternative, to exactly one address; the same bytes whichever way it leaves. */
export function toMessage({ messageId, date, to, subject, text, html }: Mail, from: string): SendMailOptions {
  return {
    messageId,
    date,
    from,
    // As an object it is one address, with any characters; as text it would be parsed as a list.
    to: { name: '', address: to },
    subject,
    text,
    html,
    // Keeps holiday replies away (RFC 3834, section 5).
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}
