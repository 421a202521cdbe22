/** Why a bank declined, as far as a student can act on it. Stripe knows many more codes. */
const ADVICE: Readonly<Record<string, string>> = {
  insufficient_funds: 'The card has not enough money on it. Try another card.',
  expired_card: 'The card has expired. Try another card.',
  incorrect_cvc: 'The security code was wrong. Check it and try again.',
  incorrect_number: 'The card number was wrong. Check it and try again.',
  processing_error: 'The bank could not process the payment. Try again in a few minutes.',
  authentication_required: 'The bank asks for a confirmation. Try again and confirm the payment.',
  payment_intent_authentication_failure: 'The payment was not confirmed with the bank. Try again.',
};

const OTHERWISE = 'The bank declined the card. Try another card, or ask the bank for the reason.';

// Stripe asks not to tell a payer that a card was reported lost, stolen or fraudulent.
const CONFIDENTIAL: readonly string[] = [
  'lost_card',
  'stolen_card',
  'fraudulent',
  'pickup_card',
  'merchant_blacklist',
];

/** What may be shown: codes that accuse the payer become a general one. */
export const toPublicDeclineCode = (code: string): string =>
  CONFIDENTIAL.includes(code) ? 'generic_decline' : code;

/** One sentence with the next step. Total. */
export const adviceOn = (code: string): string =>
  Object.hasOwn(ADVICE, code) ? (ADVICE[code] ?? OTHERWISE) : OTHERWISE;
