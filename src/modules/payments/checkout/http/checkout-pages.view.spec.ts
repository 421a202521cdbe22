import type { StoredCheckout } from 'src/modules/payments/checkout/persistence/checkout-sessions.repository';
import { cancelledPage, returnPage } from './checkout-pages.view';

const CHECKOUT: StoredCheckout = {
  id: '1',
  userId: '2',
  stripeSessionId: 'cs_test_1',
  shortCode: 'abcdefgh',
  customerId: 'cus_1',
  plan: 'monthly',
  promotionCode: null,
  url: 'https://checkout.stripe.com/c/pay/cs_test_1',
  successUrl: 'https://chatgpt.com/?payment=success&a="b"',
  cancelUrl: 'https://chatgpt.com/?payment=cancelled',
  status: 'open',
  paymentStatus: 'unpaid',
  declineCode: null,
  declinedAt: null,
  expiresAt: new Date('2026-11-25T00:00:00Z'),
  ageMs: 1000,
};

describe('returnPage', () => {
  it.each([
    ['premium', 'You are premium', 'payment=success', false],
    ['pending', 'Your payment is on its way', 'payment=success', true],
    ['unpaid', 'Nothing was paid', 'payment=cancelled', false],
    ['refused', 'Your bank refused the payment', 'payment=cancelled', false],
    ['over', 'This payment gives no access any more', 'payment=success', false],
    ['unconfirmed', 'We are confirming your payment', 'payment=success', true],
  ] as const)('%s: says so and leads on', (verdict, title, link, looksAgain) => {
    const html = returnPage({ verdict, checkout: CHECKOUT });

    expect(html).toContain(`<h1>${title}</h1>`);
    expect(html).toContain(link);
    expect(html.includes('http-equiv="refresh"')).toBe(looksAgain);
  });

  it('asks less often when the bank takes its time', () => {
    const later = { ...CHECKOUT, ageMs: 31 * 60 * 1000 };

    expect(returnPage({ verdict: 'pending', checkout: CHECKOUT })).toContain('content="3"');
    expect(returnPage({ verdict: 'pending', checkout: later })).toContain('content="60"');
  });

  it('offers the payment page again only while it can be paid', () => {
    const expired = { ...CHECKOUT, status: 'expired' as const };

    expect(returnPage({ verdict: 'unpaid', checkout: CHECKOUT })).toContain(CHECKOUT.url);
    expect(returnPage({ verdict: 'unpaid', checkout: expired })).not.toContain(CHECKOUT.url);
  });

  it('escapes the address it links to', () => {
    expect(returnPage({ verdict: 'premium', checkout: CHECKOUT })).toContain(
      'href="https://chatgpt.com/?payment=success&amp;a=&quot;b&quot;"',
    );
  });
});

describe('cancelledPage', () => {
  it('leads back to ChatGPT and, for second thoughts, to the payment page', () => {
    const html = cancelledPage(CHECKOUT);

    expect(html).toContain('href="https://chatgpt.com/?payment=cancelled"');
    expect(html).toContain('href="https://checkout.stripe.com/c/pay/cs_test_1"');
  });
});
