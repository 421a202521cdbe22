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
  const totals = discounts.map((discount, d) => ({ amount: sum(off[d] ?? []), discount: discount.id }));
  return {
    lines: lines.map((line, i) => ({
      ...line,
      ...discountFields(
        discounts.map((discount, d) => ({ amount: off[d]?.[i] ?? 0, discount: discount.id })),
      ),
    })),
    amount_due: due,
    amount_remaining: due,
    subtotal,
    subtotal_excluding_tax: subtotal,
    total,
    total_excluding_tax: total,
    total_discount_amounts: totals,
    total_pretax_credit_amounts: pretaxCredits(totals),
  };
}

interface Reduction {
  amount: number;
  discount: string;
}

function discountFields(reductions: readonly Reduction[]) {
  const discount_amounts = reductions.filter(({ amount }) => amount > 0);
  return { discount_amounts, pretax_credit_amounts: pretaxCredits(discount_amounts) };
}

/** What reduces an amount before taxes; here these are discounts only. */
function pretaxCredits(reductions: readonly Reduction[]) {
  return reductions.map((reduction) => ({ ...reduction, type: 'discount' as const }));
}
