import { page } from 'src/common/http/page';
import type { CheckoutReturn, ReturnVerdict } from 'src/modules/payments/checkout/checkout-return.service';
import type { StoredCheckout } from 'src/modules/payments/checkout/persistence/checkout-sessions.repository';

interface Message {
  readonly title: string;
  readonly text: string;
  readonly tone: 'good' | 'wait' | 'neutral';
}

const HALF_AN_HOUR_MS = 30 * 60 * 1000;

const MESSAGES: Record<ReturnVerdict, Message> = {
  premium: {
    title: 'You are premium',
    text: 'Your payment has arrived and every chapter is open. Go back to ChatGPT and say “continue”.',
    tone: 'good',
  },
  pending: {
    title: 'Your payment is on its way',
    text: 'The bank has not confirmed it yet. Premium opens by itself as soon as it does; this page looks again by itself.',
    tone: 'wait',
  },
  unpaid: {
    title: 'Nothing was paid',
    text: 'The payment was not completed and no money was taken. You can ask for a new link in ChatGPT at any time.',
    tone: 'neutral',
  },
  refused: {
    title: 'Your bank refused the payment',
    text: 'No money was taken, and premium did not open. Ask for a new payment link in ChatGPT and pay with a card or another account.',
    tone: 'neutral',
  },
  over: {
    title: 'This payment gives no access any more',
    text: 'It was paid, and has ended since. Ask for your subscription status in ChatGPT to see why and what you can do.',
    tone: 'neutral',
  },
  unconfirmed: {
    title: 'We are confirming your payment',
    text: 'Our payment provider cannot answer at this moment. If you paid, nothing is lost: this page looks again by itself.',
    tone: 'wait',
  },
};

/** Says only what was proved; while it is not proved the page asks again. */
export function returnPage({ verdict, checkout }: CheckoutReturn): string {
  const message = MESSAGES[verdict];
  return page({
    ...message,
    link: {
      href: verdict === 'unpaid' || verdict === 'refused' ? checkout.cancelUrl : checkout.successUrl,
      label: 'Go back to ChatGPT',
    },
    secondLink: verdict === 'unpaid' && checkout.status === 'open' ? paymentPage(checkout) : undefined,
    refreshSeconds: message.tone === 'wait' ? secondsToNextLook(checkout) : undefined,
  });
}

export function cancelledPage(checkout: StoredCheckout): string {
  return page({
    title: 'No payment was made',
    text: 'You left the payment page. The free chapters stay free, and your payment link stays open in case you change your mind.',
    tone: 'neutral',
    link: { href: checkout.cancelUrl, label: 'Go back to ChatGPT' },
    secondLink: paymentPage(checkout),
  });
}

const paymentPage = ({ url }: StoredCheckout) => ({ href: url, label: 'Return to the payment page' });

// A bank debit may take days: a forgotten tab must not ask Stripe every few seconds until then.
const secondsToNextLook = ({ ageMs }: StoredCheckout): number => (ageMs < HALF_AN_HOUR_MS ? 3 : 60);
