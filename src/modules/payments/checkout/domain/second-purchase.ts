/** A live subscription of a student who has two. */
export interface LivePurchase {
  readonly subscriptionId: string;
  readonly ourCheckout: boolean;
  /** Null when nothing was paid, or when it has renewed since. */
  readonly firstPayment: { readonly paidAt: Date; readonly disputed: boolean } | null;
}

/**
 * The purchase that may be given back without a person: of exactly two, the one paid later, made by our Checkout, never
 * renewed and not disputed. Undefined when a person must decide.
 */
export function findSecondPurchase<T extends LivePurchase>(purchases: readonly T[]): T | undefined {
  if (purchases.length !== 2) return undefined;
  const paidAt = ({ firstPayment }: LivePurchase) => firstPayment?.paidAt.getTime() ?? -Infinity;
  const [first, second] = purchases.toSorted((a, b) => paidAt(a) - paidAt(b));
  if (first === undefined || second === undefined || paidAt(first) === paidAt(second)) return undefined;
  const { ourCheckout, firstPayment } = second;
  return ourCheckout && firstPayment !== null && !firstPayment.disputed ? second : undefined;
}
