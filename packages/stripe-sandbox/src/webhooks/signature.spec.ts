import Stripe from 'stripe';
import { signatureHeader } from './signature';

const stripe = new Stripe('sk_test_x');
const body = JSON.stringify({ id: 'evt_1', object: 'event', type: 'invoice.paid' }, null, 2);
const now = () => Math.floor(Date.now() / 1000);

describe('webhook signatures', () => {
  it('are accepted by the SDK', () => {
    expect(
      stripe.webhooks.constructEvent(body, signatureHeader(body, ['whsec_a'], now()), 'whsec_a').id,
    ).toBe('evt_1');
  });

  it('carry one v1 per secret, so that both pass while a secret is rolled', () => {
    const header = signatureHeader(body, ['whsec_old', 'whsec_new'], now());
    for (const secret of ['whsec_old', 'whsec_new']) {
      expect(() => stripe.webhooks.constructEvent(body, header, secret)).not.toThrow();
    }
  });

  it('fail for another body, secret or age', () => {
    const header = signatureHeader(body, ['whsec_a'], now());
    expect(() => stripe.webhooks.constructEvent(`${body} `, header, 'whsec_a')).toThrow();
    expect(() => stripe.webhooks.constructEvent(body, header, 'whsec_b')).toThrow();
    const old = signatureHeader(body, ['whsec_a'], now() - 301);
    expect(() => stripe.webhooks.constructEvent(body, old, 'whsec_a')).toThrow();
  });
});
