import type Stripe from 'stripe';
import type { ChargeRecord } from '../charges/charge';

export type DisputeRecord = Omit<Stripe.Dispute, 'charge' | 'payment_intent'> & {
  charge: string;
  payment_intent: string | null;
};

export type DisputeKind = 'fraudulent' | 'product_not_received' | 'inquiry';

const DAY = 86_400;
/** Cards give about a week to answer. */
const TIME_TO_ANSWER = 7 * DAY;

const NO_EVIDENCE = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  enhanced_evidence: {},
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
};

export function newDispute(
  id: string,
  { charge, kind, now }: { charge: ChargeRecord; kind: DisputeKind; now: number },
): DisputeRecord {
  const isInquiry = kind === 'inquiry';
  return {
    id,
    object: 'dispute',
    amount: charge.amount,
    balance_transactions: [],
    charge: charge.id,
    created: now,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: { ...NO_EVIDENCE },
    evidence_details: evidenceDue(now + TIME_TO_ANSWER),
    intended_submission_method: null,
    is_charge_refundable: isInquiry,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    payment_method_details: {
      card: {
        brand: 'visa',
        case_type: isInquiry ? 'inquiry' : 'chargeback',
        network: 'visa',
        network_reason_code: '10.4',
      },
      type: 'card',
    },
    reason: kind === 'product_not_received' ? kind : 'fraudulent',
    status: isInquiry ? 'warning_needs_response' : 'needs_response',
  };
}

function evidenceDue(due_by: number): DisputeRecord['evidence_details'] {
  return {
    due_by,
    enhanced_eligibility: {},
    has_evidence: false,
    past_due: false,
    submission_count: 0,
    submission_method: 'not_submitted',
  };
}

export function dueBy(dispute: DisputeRecord): number {
  return dispute.evidence_details.due_by ?? dispute.created;
}
