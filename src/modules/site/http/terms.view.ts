import { legalDocument } from './legal-document';

export interface TermsFacts {
  readonly publicUrl: string;
  readonly contactEmail: string;
  /** How long access goes on after a failed renewal. */
  readonly pastDueGraceMs: number;
  readonly disputes: 'revoke' | 'keep';
}

const DAY_MS = 24 * 60 * 60 * 1000;

function grace(ms: number): string {
  const days = Math.floor(ms / DAY_MS);
  if (days < 1) return 'If it still fails, premium closes.';
  return `Premium stays open for ${days === 1 ? 'a day' : `${days} days`} after a renewal failed; if it is not paid by then, premium closes.`;
}

/** As the program behaves: whoever changes that, changes this page. */
export const termsPage = ({ publicUrl, contactEmail, pastDueGraceMs, disputes }: TermsFacts): string =>
  legalDocument({
    title: 'Terms',
    introduction: `These are the terms of Course Companion at ${publicUrl}. Whoever runs it can be reached at ${contactEmail}.`,
    sections: [
      {
        title: 'The course',
        paragraphs: [
          'The first chapters are free. Premium opens the rest. You learn in ChatGPT, which is a product of OpenAI and needs an account there; we do not control what it says. A language model can be wrong, about the course too: the text of a chapter is what we stand for.',
        ],
      },
      {
        title: 'Your account',
        paragraphs: [
          'One account per person. Keep your password to yourself. Do not pass premium chapters on, and do not try to get around the limits of the service.',
        ],
      },
      {
        title: 'Premium: price and renewal',
        points: [
          'The price, with its currency and interval, is shown on the payment page before you pay. Payments are handled by Stripe.',
          'Premium is a subscription. It renews by itself at the end of every month or year that you chose, at the same price, until you cancel.',
          `When a renewal cannot be charged, Stripe tries again. ${grace(pastDueGraceMs)}`,
        ],
      },
      {
        title: 'Cancelling',
        points: [
          'You can cancel at any time, by asking for it in ChatGPT or by writing to us. Nothing is charged after that.',
          'What you have paid for stays yours: premium is open until the end of the paid period.',
          'Until then you can take the cancellation back, and premium goes on as before.',
        ],
      },
      {
        title: 'Refunds',
        points: [
          `Cancelling does not pay back the current period by itself. If something went wrong, or you changed your mind, write to ${contactEmail}; what the law where you live gives you, a right of withdrawal above all, holds in any case.`,
          'When a payment is refunded in full, the period that it paid for ends.',
          ...(disputes === 'revoke'
            ? ['While a payment is disputed at your bank, premium is closed. Writing to us first is quicker.']
            : []),
        ],
      },
      {
        title: 'If something does not work',
        paragraphs: [
          'We do our best to keep the service running, and cannot promise that it always does. If you paid and premium does not open, nothing is lost: ask ChatGPT for your subscription status, and write to us if that does not help.',
        ],
      },
    ],
    other: { href: '/privacy', label: 'Privacy policy' },
  });
