/** The decline of a bank, in Stripe's words. */
export interface Decline {
  code: string;
  decline_code?: string;
  message: string;
}

/** How a test card behaves. */
export interface CardBehaviour {
  number: string;
  brand: string;
  /** Names of its ready-made `pm_card_…` and `tok_…` objects, without the prefix. */
  alias?: string;
  funding?: 'credit' | 'debit';
  /** Declined everywhere, so it cannot be attached either. */
  decline?: Decline;
  /** Attaches, but every charge is refused. */
  chargeDecline?: Decline;
  /** When the bank requires authentication. */
  authentication?: 'always' | 'unless_set_up' | 'never_off_session';
  /** Declined after authentication. */
  afterAuthentication?: Decline;
  /** Charges succeed and a dispute follows. */
  dispute?: 'fraudulent' | 'product_not_received' | 'inquiry';
  /** Charges succeed and the issuer reports them as probable fraud. */
  fraudWarning?: true;
  /** Refunds of its charges succeed only later, or turn out to have failed. */
  refund?: 'pending' | 'fails';
}

const DECLINED = 'Your card was declined.';
const generic: Decline = { code: 'card_declined', decline_code: 'generic_decline', message: DECLINED };
const insufficient: Decline = {
  code: 'card_declined',
  decline_code: 'insufficient_funds',
  message: 'Your card has insufficient funds.',
};
const processing: Decline = {
  code: 'processing_error',
  decline_code: 'processing_error',
  message: 'An error occurred while processing your card. Try again in a little bit.',
};

export const WRONG_NUMBER: Decline = { code: 'incorrect_number', message: 'Your card number is incorrect.' };

function declined(decline_code: string): Decline {
  return { code: 'card_declined', decline_code, message: DECLINED };
}

/** Stripe's test cards. Source: docs.stripe.com/testing. */
export const TEST_CARDS: readonly CardBehaviour[] = [
  { number: '4242424242424242', brand: 'visa', alias: 'visa' },
  { number: '4000056655665556', brand: 'visa', alias: 'visa_debit', funding: 'debit' },
  { number: '5555555555554444', brand: 'mastercard', alias: 'mastercard' },
  { number: '378282246310005', brand: 'amex', alias: 'amex' },
  { number: '6011111111111117', brand: 'discover', alias: 'discover' },
  { number: '4000000000000077', brand: 'visa', alias: 'bypassPending' },
  { number: '4000000000000002', brand: 'visa', alias: 'visa_chargeDeclined', decline: generic },
  {
    number: '4000000000009995',
    brand: 'visa',
    alias: 'visa_chargeDeclinedInsufficientFunds',
    decline: insufficient,
  },
  {
    number: '4000000000009987',
    brand: 'visa',
    alias: 'visa_chargeDeclinedLostCard',
    decline: declined('lost_card'),
  },
  {
    number: '4000000000009979',
    brand: 'visa',
    alias: 'visa_chargeDeclinedStolenCard',
    decline: declined('stolen_card'),
  },
  {
    number: '4000000000000069',
    brand: 'visa',
    alias: 'chargeDeclinedExpiredCard',
    decline: { code: 'expired_card', decline_code: 'expired_card', message: 'Your card has expired.' },
  },
  {
    number: '4000000000000127',
    brand: 'visa',
    alias: 'chargeDeclinedIncorrectCvc',
    decline: {
      code: 'incorrect_cvc',
      decline_code: 'incorrect_cvc',
      message: "Your card's security code is incorrect.",
    },
  },
  { number: '4000000000000119', brand: 'visa', alias: 'chargeDeclinedProcessingError', decline: processing },
  {
    number: '4000000000006975',
    brand: 'visa',
    decline: {
      code: 'card_declined',
      decline_code: 'card_velocity_exceeded',
      message:
        'Your card was declined for making repeated attempts too frequently or exceeding its amount limit.',
    },
  },
  { number: '4100000000000019', brand: 'visa', alias: 'radarBlock', decline: declined('fraudulent') },
  { number: '4000000000000341', brand: 'visa', alias: 'chargeCustomerFail', chargeDecline: generic },
  {
    number: '4000002500003155',
    brand: 'visa',
    alias: 'authenticationRequiredOnSetup',
    authentication: 'unless_set_up',
  },
  { number: '4000002760003184', brand: 'visa', alias: 'authenticationRequired', authentication: 'always' },
  {
    number: '4000003800000446',
    brand: 'visa',
    alias: 'authenticationRequiredSetupForOffSession',
    authentication: 'never_off_session',
  },
  {
    number: '4000008260003178',
    brand: 'visa',
    alias: 'authenticationRequiredChargeDeclinedInsufficientFunds',
    authentication: 'always',
    afterAuthentication: insufficient,
  },
  { number: '4000000000003220', brand: 'visa', alias: 'threeDSecure2Required', authentication: 'always' },
  {
    number: '4000008400001629',
    brand: 'visa',
    alias: 'threeDSecureRequiredChargeDeclined',
    authentication: 'always',
    afterAuthentication: generic,
  },
  {
    number: '4000008400001280',
    brand: 'visa',
    alias: 'threeDSecureRequiredProcessingError',
    authentication: 'always',
    afterAuthentication: processing,
  },
  { number: '4000000000000259', brand: 'visa', alias: 'createDispute', dispute: 'fraudulent' },
  {
    number: '4000000000002685',
    brand: 'visa',
    alias: 'createDisputeProductNotReceived',
    dispute: 'product_not_received',
  },
  { number: '4000000000001976', brand: 'visa', alias: 'createDisputeInquiry', dispute: 'inquiry' },
  { number: '4000000000005423', brand: 'visa', alias: 'createIssuerFraudRecord', fraudWarning: true },
  { number: '4000000000007726', brand: 'visa', alias: 'pendingRefund', refund: 'pending' },
  { number: '4000000000005126', brand: 'visa', alias: 'refundFail', refund: 'fails' },
];

/** The behaviour of a number; numbers that are no test card behave like 4242. Undefined when the check digit is wrong. */
export function behaviourOf(number: string): CardBehaviour | undefined {
  const known = TEST_CARDS.find((card) => card.number === number);
  if (known) return known;
  if (!passesLuhn(number)) return undefined;
  return { number, brand: number.startsWith('5') ? 'mastercard' : number.startsWith('3') ? 'amex' : 'visa' };
}

/** Finds the card behind `pm_card_visa` or `tok_visa`. */
export function behaviourOfAlias(name: string): CardBehaviour | undefined {
  const alias = name.replace(/^(pm_card_|tok_)/, '');
  if (alias === name) return undefined;
  return TEST_CARDS.find((card) => card.alias === alias || card.alias === `visa_${alias}`);
}

export function passesLuhn(number: string): boolean {
  if (!/^\d{12,19}$/.test(number)) return false;
  let sum = 0;
  for (const [i, digit] of [...number].reverse().entries()) {
    const doubled = Number(digit) * (i % 2 === 0 ? 1 : 2);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
