import { legalDocument } from './legal-document';

export interface PrivacyFacts {
  readonly publicUrl: string;
  readonly contactEmail: string;
}

/** True of this program: whoever changes what is stored, changes this page. */
export const privacyPage = ({ publicUrl, contactEmail }: PrivacyFacts): string =>
  legalDocument({
    title: 'Privacy policy',
    introduction: `Course Companion at ${publicUrl} is a course that you take inside ChatGPT. This page says what it keeps about you, why, and for how long. Questions and wishes: ${contactEmail}.`,
    sections: [
      {
        title: 'What we keep',
        points: [
          'Your account: name, e-mail address and whether it is confirmed, and a one-way hash of your password, never the password.',
          'Your sign-ins: when each began and was last used, browser and system in words, and which applications you connected.',
          'Your learning: sections opened and read, days of study, time zone, quiz answers and results, certificates.',
          'Your subscription: its state, price and dates as Stripe tells them, payment links that you asked for, and the messages Stripe sends us about it, which can contain your name, e-mail address, country and the last digits of a card.',
          'Against guessing of passwords: keyed hashes of internet addresses, which cannot be read back.',
        ],
        paragraphs: [
          'We use this to run the course and your subscription, and for nothing else. There is no advertising, no tracking and no profile, and we sell nothing about you.',
        ],
      },
      {
        title: 'Who else is involved',
        points: [
          'OpenAI: your conversation takes place in ChatGPT under the terms that you have with OpenAI. ChatGPT sends us what it asks for on your behalf, and gets from us what you allowed when you connected it: course content, progress, your name and e-mail address, the state of your subscription. You can disconnect it on your account page at any time.',
          'Stripe: payments happen on pages of Stripe. Card numbers go to Stripe only; we never see them.',
          'The companies that host this service and deliver its mail handle data for us as part of that.',
          'Operators of this service can look into accounts to help; everything they do there is logged.',
          'A certificate has a page with your name on it, for everybody whom you give its address.',
        ],
      },
      {
        title: 'Cookies',
        paragraphs: [
          'Our pages set one cookie, when you sign in, so that you stay signed in; it ends after 14 days or when you sign out. While you connect an application, further ones keep that one request together; they end with it, at the latest after an hour. No others.',
        ],
      },
      {
        title: 'How long',
        points: [
          'Account and learning: until you ask us to delete them.',
          'Links in mails: 30 minutes for a new password, 24 hours for an address. What a mail said is removed when it is sent; that it was sent, after 30 days.',
          'Hashes of internet addresses: hours to days; of an address that you signed in from, up to 180 days.',
          'Payments, changes of access and acts of operators: as long as the law asks for records of payments.',
        ],
      },
      {
        title: 'Your rights',
        paragraphs: [
          `You can change your e-mail address and password and end sign-ins on your account page. To see, correct, take along or delete what we keep, write to ${contactEmail} from the address of your account. You can also turn to the data protection authority where you live.`,
        ],
      },
    ],
    other: { href: '/terms', label: 'Terms' },
  });
