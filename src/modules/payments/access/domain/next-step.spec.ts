import { nextStepOf } from './next-step';

const ORIGIN = 'https://course.example';

describe('nextStepOf', () => {
  it('leads to the billing portal and the payment page when a payment method must change', () => {
    expect(nextStepOf('update_payment_method', ORIGIN)).toEqual({
      next_operation_id: 'openBillingPortal',
      next_url: `${ORIGIN}/account/pay`,
    });
  });

  it.each([
    ['subscribe', 'createCheckoutSession'],
    ['complete_payment', 'createCheckoutSession'],
    ['wait', 'getSubscriptionStatus'],
    ['resume', 'resumeSubscription'],
  ] as const)('names the operation of %s', (action, operation) => {
    expect(nextStepOf(action, ORIGIN)).toEqual({ next_operation_id: operation });
  });

  it.each(['none', 'contact_support'] as const)('names no operation for %s', (action) => {
    expect(nextStepOf(action, ORIGIN)).toEqual({});
  });
});
