import type { EmailTemplate } from 'src/mail/email-template';

/**
 * A template without its footer, which all of them share. None names the person: whoever makes an account for somebody
 * else's address chooses that name, and could have us deliver any text to it.
 */
export type AccountTemplate = Omit<EmailTemplate, 'footer'>;

const NOT_YOU = (forgotUrl: string): string =>
  `If that was not you, somebody may know your password. Set a new one now, which signs everybody out: ${forgotUrl}`;

export const verifyEmailTemplate = (url: string): AccountTemplate => ({
  subject: 'Confirm your e-mail address',
  paragraphs: [
    'Hello,',
    'welcome to Course Companion. Please confirm that this is your address: it is how you get back in when you forget your password, and where receipts go.',
  ],
  button: { label: 'Confirm address', url },
  afterwards: ['The link works for 24 hours. If you did not make an account, you need not do anything.'],
});

export const resetPasswordTemplate = (url: string): AccountTemplate => ({
  subject: 'Set a new password',
  paragraphs: ['Hello,', 'somebody, hopefully you, asked for a new password for this account.'],
  button: { label: 'Set a new password', url },
  afterwards: [
    'The link works for 30 minutes and once. Your password stays as it is until you use it. If you did not ask, you need not do anything.',
  ],
});

export const passwordChangedTemplate = (forgotUrl: string): AccountTemplate => ({
  subject: 'Your password was changed',
  paragraphs: [
    'Hello,',
    'the password of your Course Companion account has just been changed, and other sign-ins have ended, those of connected applications like ChatGPT included.',
    NOT_YOU(forgotUrl),
  ],
});

export const verifyNewEmailTemplate = (url: string): AccountTemplate => ({
  subject: 'Confirm your new e-mail address',
  paragraphs: ['Hello,', 'please confirm that this is to be the address of your Course Companion account.'],
  button: { label: 'Confirm new address', url },
  afterwards: ['The link works for 24 hours. Until you use it, your account keeps its address.'],
});

export const addressInUseTemplate = (forgotUrl: string): AccountTemplate => ({
  subject: 'This address has an account already',
  paragraphs: [
    'Hello,',
    'somebody asked to use this address for another Course Companion account. It belongs to an account already, so nothing was changed.',
    `If that was you: sign in with this address, or set a new password: ${forgotUrl}`,
  ],
});

export const emailChangeRequestedTemplate = (forgotUrl: string): AccountTemplate => ({
  subject: 'Your e-mail address is about to change',
  paragraphs: [
    'Hello,',
    'somebody who knows your password asked to change the e-mail address of your Course Companion account. It changes when the new address is confirmed.',
    NOT_YOU(forgotUrl),
  ],
});

export const emailChangedTemplate = (contact: string): AccountTemplate => ({
  subject: 'Your e-mail address was changed',
  paragraphs: [
    'Hello,',
    'your Course Companion account has another e-mail address now; mails do not come here any more.',
    `If that was not you, write to ${contact}.`,
  ],
});
