import type { World } from '../../core/world';
import type { DiscountRecord } from '../discounts/discount';
import { priceLines, sum } from '../discounts/pricing';
import type { NewLine } from './line';

/** The totals of an invoice and the discount of each line. */
export function totalsOf<T extends NewLine>(
  world: World,
  lines: readonly T[],
  discounts: readonly DiscountRecord[],
) {
  const off = priceLines(
    world,
    lines.map(({ amount, discountable, pricing }) => ({
      amount,
      discountable,
      product: pricing?.price_details?.product,
    })),
    discounts.map(({ source }) => source.coupon),
  );
  const subtotal = sum(lines.map(({ amount }) => amount));
  const total = subtotal - sum(off.map(sum));
  const due = Math.max(0, total);
  return {
    lines: lines.map((line, i) => ({
      ...line,
      discount_amounts: discounts
        .map((discount, d) => ({ amount: off[d]?.[i] ?? 0, discount: discount.id }))
        .filter(({ amount }) => amount > 0),
    })),
    amount_due: due,
    amount_remaining: due,
    subtotal,
    subtotal_excluding_tax: subtotal,
    total,
    total_excluding_tax: total,
    total_discount_amounts: discounts.map((discount, d) => ({
      amount: sum(off[d] ?? []),
      discount: discount.id,
    })),
  };
}
