import { legalDocument } from './legal-document';

export interface PrivacyFacts {
  readonly publicUrl: string;
  readonly contactEmail: string;
}

/** Must match the program. Update it when stored data changes. */
export const privacyPage = ({ publicUrl, contactEmail }: PrivacyFacts): string =>
  legalDocument({
    title: 'Privacy policy',
    introduction: `Course Companion at ${publicUrl} is a course that you take inside ChatGPT. This page says which data it stores about you, why, and for how long. Questions: ${contactEmail}.`,
    sections: [
      {
        title: 'What we store',
        points: [
          'Your account: name, email address and whether it is verified, and a one-way hash of your password, never the password.',
          'Your sessions: when each one began and was last used, the browser and operating system, and the applications you connected.',
          'Your learning: sections you opened and completed, days of study, time zone, quiz answers and results, certificates.',
          'Your subscription: its state, price and dates from Stripe, the payment links you created, and the messages that Stripe sends us about it. These can contain your name, email address, country and the last digits of a card.',
          'If you take a free trial: a keyed hash of your card’s fingerprint, so that each card has one trial. It cannot be reversed.',
          'To prevent password guessing: keyed hashes of IP addresses, which cannot be reversed.',
        ],
        paragraphs: [
          'We use this to run the course and your subscription, and for nothing else. There is no advertising, no tracking and no profiling, and we do not sell your data.',
        ],
      },
      {
        title: 'Who else is involved',
        points: [
          'OpenAI: your conversation takes place in ChatGPT under the terms that you have with OpenAI. ChatGPT sends us requests on your behalf, and we send it what you allowed when you connected it: course content, progress, your name and email address, and the state of your subscription. You can disconnect it on your account page at any time.',
          'Stripe: you pay on pages of Stripe. Card numbers go only to Stripe; we never see them.',
          'The companies that host this service and deliver its email process data on our behalf.',
          'Operators of this service can view accounts to help you. Everything they do there is logged.',
          'A certificate has a page with your name on it, visible to anyone with the link.',
        ],
      },
      {
        title: 'Cookies',
        paragraphs: [
          'When you sign in, our pages set one cookie that keeps you signed in. It expires after 14 days or when you sign out. While you connect an application, further cookies identify that request. They expire when it is finished, or after an hour at the latest. We use no other cookies.',
        ],
      },
      {
        title: 'How long',
        points: [
          'Account and learning: until you ask us to delete them.',
          'Links in emails: 30 minutes for a password reset, 24 hours for an email address. We delete the text of an email when it is sent, and the record that it was sent after 30 days.',
          'Hashes of IP addresses: hours to days. For an address that you signed in from: up to 180 days.',
          'Payments, changes of access and actions of operators: as long as the law requires payment records.',
        ],
      },
      {
        title: 'Your rights',
        paragraphs: [
          `You can change your email address and password and sign out other sessions on your account page. There you can also download everything that we store about you as a file. To correct or delete your data, write to ${contactEmail} from the email address of your account. You can also contact the data protection authority where you live.`,
        ],
      },
    ],
    other: { href: '/terms', label: 'Terms' },
  });
