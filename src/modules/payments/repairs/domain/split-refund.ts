/** What one payment of an invoice collected, and what was returned of it, refunds on their way included. */
export interface RefundablePayment {
  readonly paymentIntentId: string;
  readonly paidMinor: number;
  readonly refundedMinor: number;
}

export interface RefundPart {
  readonly paymentIntentId: string;
  readonly amountMinor: number;
}

/**
 * Which refunds return `amountMinor` of an invoice, or all that is left when undefined. Undefined when less is left than is
 * asked for, or nothing.
 */
export function splitRefund(
  payments: readonly RefundablePayment[],
  amountMinor: number | undefined,
): RefundPart[] | undefined {
  let open = amountMinor ?? Infinity;
  const parts: RefundPart[] = [];
  for (const { paymentIntentId, paidMinor, refundedMinor } of payments) {
    const part = Math.min(open, paidMinor - refundedMinor);
    if (part <= 0) continue;
    parts.push({ paymentIntentId, amountMinor: part });
    open -= part;
  }
  const isComplete = amountMinor === undefined ? parts.length > 0 : open === 0;
  return isComplete ? parts : undefined;
}

/** What is left to refund of all payments. */
export const leftOf = (payments: readonly RefundablePayment[]): number =>
  payments.reduce((sum, { paidMinor, refundedMinor }) => sum + paidMinor - refundedMinor, 0);
