import type { EmailTemplate } from 'src/mail/email-template';

/**
 * A template without its footer, which all of them share. None names the person: anyone who makes an account for someone
 * else's address chooses that name, and could have us deliver any text to it.
 */
export type AccountTemplate = Omit<EmailTemplate, 'footer'>;

const NOT_YOU = (forgotUrl: string): string =>
  `If that was not you, someone may know your password. Set a new one now, which signs out every session: ${forgotUrl}`;

export const verifyEmailTemplate = (url: string): AccountTemplate => ({
  subject: 'Verify your email address',
  paragraphs: [
    'Hello,',
    'Welcome to Course Companion. Please verify your email address. We use it to reset your password and to send receipts.',
  ],
  button: { label: 'Verify email address', url },
  afterwards: ['The link works for 24 hours. If you did not create an account, ignore this email.'],
});

export const resetPasswordTemplate = (url: string): AccountTemplate => ({
  subject: 'Set a new password',
  paragraphs: ['Hello,', 'You or someone else asked to set a new password for this account.'],
  button: { label: 'Set a new password', url },
  afterwards: [
    'The link works once, for 30 minutes. Your password does not change until you use it. If you did not ask for this, ignore this email.',
  ],
});

export const passwordChangedTemplate = (forgotUrl: string): AccountTemplate => ({
  subject: 'Your password was changed',
  paragraphs: [
    'Hello,',
    'The password of your Course Companion account was just changed. All other sessions were signed out, including connected applications such as ChatGPT.',
    NOT_YOU(forgotUrl),
  ],
});

export const verifyNewEmailTemplate = (url: string): AccountTemplate => ({
  subject: 'Verify your new email address',
  paragraphs: ['Hello,', 'Please verify this address to use it for your Course Companion account.'],
  button: { label: 'Verify new address', url },
  afterwards: ['The link works for 24 hours. Until you use it, your account keeps its current address.'],
});

export const addressInUseTemplate = (forgotUrl: string): AccountTemplate => ({
  subject: 'This address already has an account',
  paragraphs: [
    'Hello,',
    'Someone asked to use this address for another Course Companion account. It already belongs to an account, so nothing was changed.',
    `If that was you, sign in with this address or set a new password: ${forgotUrl}`,
  ],
});

export const emailChangeRequestedTemplate = (forgotUrl: string): AccountTemplate => ({
  subject: 'Your email address is about to change',
  paragraphs: [
    'Hello,',
    'Someone who knows your password asked to change the email address of your Course Companion account. It changes when the new address is verified.',
    NOT_YOU(forgotUrl),
  ],
});

export const emailChangedTemplate = (contact: string): AccountTemplate => ({
  subject: 'Your email address was changed',
  paragraphs: [
    'Hello,',
    'The email address of your Course Companion account was changed. You will get no more emails at this address.',
    `If that was not you, contact us at ${contact}.`,
  ],
});
