import { discountLines, type Reduction } from '../../billing/discounts';
import type { World } from '../../core/world';
import { scopeOf, termsOf } from '../coupons/coupon';

/** The line fields that a discount depends on. */
export interface PricedLine {
  amount: number;
  product: string | undefined;
  discountable: boolean;
}

/** What each coupon takes off each line: `result[coupon][line]`. */
export function priceLines(
  world: World,
  lines: readonly PricedLine[],
  couponIds: readonly string[],
): number[][] {
  const amounts = lines.map((line) => line.amount);
  return discountLines(
    amounts,
    couponIds.map((id) => reductionOf(world, lines, id)),
  );
}

function reductionOf(world: World, lines: readonly PricedLine[], coupon: string): Reduction {
  const terms = termsOf(world, coupon);
  const products = scopeOf(world, coupon);
  return {
    percent_off: terms?.percent_off ?? null,
    amount_off: terms?.amount_off ?? null,
    applies: (i) => {
      const line = lines[i];
      if (!line?.discountable) return false;
      return !products || (line.product !== undefined && products.includes(line.product));
    },
  };
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
