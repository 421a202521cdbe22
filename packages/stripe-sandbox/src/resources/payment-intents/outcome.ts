import type { CardBehaviour, Decline } from '../payment-methods/cards';

/** The outcome of one payment attempt. */
export type Outcome =
  | { kind: 'succeeded' }
  | { kind: 'declined'; decline: Decline }
  | { kind: 'requires_action' }
  | { kind: 'processing' };

export interface Circumstances {
  /** The customer is not present, as in a renewal. */
  offSession: boolean;
  /** The customer passed the authentication of the bank. */
  authenticated: boolean;
}

/** Debits settle later; cards follow the behavior of their test card. */
export function decideOutcome(card: CardBehaviour | undefined, circumstances: Circumstances): Outcome {
  if (!card) return { kind: 'processing' };
  const refusal = card.decline ?? card.chargeDecline;
  if (refusal) return { kind: 'declined', decline: refusal };
  if (needsAuthentication(card, circumstances)) return { kind: 'requires_action' };
  if (card.afterAuthentication) return { kind: 'declined', decline: card.afterAuthentication };
  return { kind: 'succeeded' };
}

function needsAuthentication(card: CardBehaviour, { offSession, authenticated }: Circumstances): boolean {
  if (authenticated || card.authentication === undefined) return false;
  // A card that was set up in an authenticated payment is exempt for off-session charges.
  return card.authentication === 'always' || !offSession;
}

export const AUTHENTICATION_FAILED: Decline = {
  code: 'payment_intent_authentication_failure',
  message:
    'We are unable to authenticate your payment method. Please choose a different payment method and try again.',
};

export const AUTHENTICATION_REQUIRED: Decline = {
  code: 'authentication_required',
  decline_code: 'authentication_required',
  message: 'Your card was declined. This transaction requires authentication.',
};

/** Whether a delayed debit settles: the well-known failing test IBAN does not. */
export function settlesWell(iban: string | undefined): boolean {
  return iban !== 'IT60X0542811101000000123456' && !iban?.endsWith('3202');
}
