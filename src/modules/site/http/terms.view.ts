import { legalDocument } from './legal-document';

export interface TermsFacts {
  readonly publicUrl: string;
  readonly contactEmail: string;
  /** How long access continues after a failed renewal. */
  readonly pastDueGraceMs: number;
  readonly disputes: 'revoke' | 'keep';
}

const DAY_MS = 24 * 60 * 60 * 1000;

function grace(ms: number): string {
  const days = Math.floor(ms / DAY_MS);
  if (days < 1) return 'If it still fails, premium ends.';
  return `Premium stays available for ${days === 1 ? 'a day' : `${days} days`} after a failed renewal. If it is not paid by then, premium ends. A free trial whose first payment fails ends at once.`;
}

/** Must match the program. Update it when the behaviour changes. */
export const termsPage = ({ publicUrl, contactEmail, pastDueGraceMs, disputes }: TermsFacts): string =>
  legalDocument({
    title: 'Terms',
    introduction: `These are the terms of Course Companion at ${publicUrl}. Contact: ${contactEmail}.`,
    sections: [
      {
        title: 'The course',
        paragraphs: [
          'The first chapters are free. Premium opens the rest. You learn in ChatGPT, which is a product of OpenAI and needs an account there; we do not control what it says. A language model can be wrong, also about the course. Only the text of the chapters comes from us.',
        ],
      },
      {
        title: 'Your account',
        paragraphs: [
          'One account per person. Keep your password to yourself. Do not share premium chapters, and do not try to bypass the limits of the service.',
        ],
      },
      {
        title: 'Premium: price and renewal',
        points: [
          'The price, with its currency and interval, is shown on the payment page before you pay. Payments are handled by Stripe.',
          'Premium is a subscription. It renews automatically at the end of every month or year, as you chose, at the same price, until you cancel.',
          `When a renewal cannot be charged, Stripe tries again. ${grace(pastDueGraceMs)}`,
        ],
      },
      {
        title: 'Cancelling',
        points: [
          'You can cancel at any time, in ChatGPT or by writing to us. We charge nothing after that.',
          'You keep what you paid for: premium stays available until the end of the paid period.',
          'Until then you can undo the cancellation, and premium continues as before.',
        ],
      },
      {
        title: 'Refunds',
        points: [
          `Cancelling does not refund the current period automatically. If something went wrong or you changed your mind, write to ${contactEmail}. Your rights under local law, such as a right of withdrawal, are not affected.`,
          'When we refund a payment in full, the period that it paid for ends, and the subscription with it. You can buy premium again at any time. A partial refund changes nothing.',
          ...(disputes === 'revoke'
            ? [
                'While a payment is disputed at your bank, premium is not available, and the subscription does not renew. Contact us first; that is faster. If the dispute is decided in our favour, both are restored.',
              ]
            : []),
          'When your bank takes a disputed payment back for good, the period that it paid for ends, and the subscription with it.',
        ],
      },
      {
        title: 'If something does not work',
        paragraphs: [
          'We do our best to keep the service running, but cannot promise that it always runs. If you paid and premium is not available, nothing is lost: ask ChatGPT for your subscription status, and write to us if that does not help.',
        ],
      },
    ],
    other: { href: '/privacy', label: 'Privacy policy' },
  });
