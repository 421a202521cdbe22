import type { World } from '../../core/world';
import type { DiscountChoice } from '../discounts/choice';
import { priceLines, sum } from '../discounts/pricing';
import type { PriceRecord } from '../prices/price';

export interface SessionLine {
  price: PriceRecord;
  quantity: number;
}

/** What the lines of a session cost under its discounts; `off` is the reduction of each line. */
export function sessionAmounts(
  world: World,
  lines: readonly SessionLine[],
  choices: readonly DiscountChoice[],
) {
  const amounts = lines.map((line) => line.price.unit_amount * line.quantity);
  const priced = lines.map((line, i) => ({
    amount: amounts[i] as number,
    product: line.price.product,
    discountable: true,
  }));
  const off = priceLines(
    world,
    priced,
    choices.map((choice) => choice.coupon),
  );
  const perLine = lines.map((_, i) => sum(off.map((shares) => shares[i] as number)));
  return { amounts, off: perLine, subtotal: sum(amounts), discount: sum(perLine) };
}

/** The amount fields of a session; nothing is due during a trial. */
export function amountFields(
  world: World,
  wanted: { lines: readonly SessionLine[]; choices: readonly DiscountChoice[]; isTrial: boolean },
) {
  const { subtotal, discount } = sessionAmounts(world, wanted.lines, wanted.choices);
  const [amount_subtotal, amount_discount] = wanted.isTrial ? [0, 0] : [subtotal, discount];
  return {
    amount_subtotal,
    amount_total: amount_subtotal - amount_discount,
    discounts: wanted.choices.map(({ coupon, promotion_code }) =>
      promotion_code === null ? { coupon, promotion_code: null } : { coupon: null, promotion_code },
    ),
    total_details: { amount_discount, amount_shipping: 0, amount_tax: 0 },
  };
}
