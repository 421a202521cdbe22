import type Stripe from 'stripe';
import { newId } from '../../core/random';
import { defineCollection } from '../../core/store';
import type { World } from '../../core/world';
import type { Decline } from '../payment-methods/cards';
import type { PaymentMethodRecord } from '../payment-methods/payment-method';
import type { PaymentIntentRecord } from '../payment-intents/intent.record';

export type ChargeRecord = Omit<Stripe.Charge, 'customer' | 'payment_intent'> & {
  customer: string | null;
  payment_intent: string | null;
};

export const charges = defineCollection<ChargeRecord>('charges', ['customer', 'payment_intent']);

export interface ChargeResult {
  status: 'succeeded' | 'failed' | 'pending';
  decline?: Decline;
}

/** Records one attempt of a payment intent to take money; the caller announces it. */
export function recordCharge(
  world: World,
  intent: PaymentIntentRecord,
  result: ChargeResult & { method: PaymentMethodRecord },
): ChargeRecord {
  const id = newId('ch', 24);
  const { status, method, decline } = result;
  return charges(world).put({
    ...chargeDefaults(world, intent, method),
    id,
    amount_captured: status === 'failed' ? 0 : intent.amount,
    balance_transaction: status === 'succeeded' ? newId('txn', 24) : null,
    captured: status !== 'failed',
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    outcome: outcomeOf(status, decline),
    paid: status === 'succeeded',
    receipt_url: status === 'succeeded' ? `${world.settings.publicUrl}/receipts/${id}` : null,
    status,
  });
}

function chargeDefaults(world: World, intent: PaymentIntentRecord, method: PaymentMethodRecord) {
  return {
    object: 'charge' as const,
    amount: intent.amount,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    billing_details: method.billing_details as Stripe.Charge.BillingDetails,
    calculated_statement_descriptor: 'SANDBOX',
    created: world.clock.now(),
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: detailsOf(method, intent),
    radar_options: {},
    receipt_email: null,
    receipt_number: null,
    refunded: false,
    review: null,
    shipping: intent.shipping as Stripe.Charge.Shipping | null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    transfer_data: null,
    transfer_group: null,
  };
}

/** No payment reaches a bank, so these are the same for all. */
const AUTHORIZATION_CODE = '000000';
const NETWORK_TRANSACTION = '000000000000000';
const RISK_SCORE = 20;

/** The card as a charge shows it, which is not quite how its payment method does. */
function detailsOf(
  method: PaymentMethodRecord,
  { amount }: PaymentIntentRecord,
): Stripe.Charge.PaymentMethodDetails {
  const { type, card, sepa_debit } = method;
  if (!card) {
    const { bank_code, branch_code, country, fingerprint, last4 } = sepa_debit ?? {};
    return {
      type,
      sepa_debit: { bank_code, branch_code, country, fingerprint, last4, mandate: null },
    } as unknown as Stripe.Charge.PaymentMethodDetails;
  }
  const { brand, checks, country, exp_month, exp_year, fingerprint, funding, last4, regulated_status } = card;
  const details = {
    ...{ brand, checks, country, exp_month, exp_year, fingerprint, funding, last4, regulated_status },
    amount_authorized: amount,
    authorization_code: AUTHORIZATION_CODE,
    electronic_commerce_indicator: null,
    extended_authorization: { status: 'disabled' },
    incremental_authorization: { status: 'unavailable' },
    installments: null,
    mandate: null,
    multicapture: { status: 'unavailable' },
    network: brand,
    network_token: { used: false },
    network_transaction_id: NETWORK_TRANSACTION,
    overcapture: { maximum_amount_capturable: amount, status: 'unavailable' },
    three_d_secure: null,
    transaction_link_id: null,
    wallet: null,
  };
  return { type, card: details } as unknown as Stripe.Charge.PaymentMethodDetails;
}

function outcomeOf(status: ChargeRecord['status'], decline: Decline | undefined): Stripe.Charge.Outcome {
  const failed = status === 'failed';
  return {
    advice_code: null,
    network_advice_code: null,
    network_decline_code: null,
    network_status: failed ? 'declined_by_network' : 'approved_by_network',
    reason: decline?.decline_code ?? decline?.code ?? null,
    risk_level: 'normal',
    risk_score: RISK_SCORE,
    seller_message: failed
      ? 'The bank did not return any further details with this decline.'
      : 'Payment complete.',
    type: failed ? 'issuer_declined' : 'authorized',
  };
}
