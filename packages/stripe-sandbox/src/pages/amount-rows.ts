import { formatMoney } from '../billing/money';
import type { World } from '../core/world';
import { termsOf } from '../resources/coupons/coupon';
import { discounts } from '../resources/discounts/discount';
import type { InvoiceRecord } from '../resources/invoices/invoice';
import { type Html, html } from './html';

export function amountRow(label: string, amount: number, currency: string): Html {
  return html`<tr>
    <td>${label}</td>
    <td>${formatMoney(amount, currency)}</td>
  </tr>`;
}

/** What stands between the lines of an invoice and what is due: discounts and credit, when there are any. */
export function reductionRows(world: World, invoice: InvoiceRecord): Html[] {
  const { currency, starting_balance, ending_balance, total_discount_amounts } = invoice;
  const off = (total_discount_amounts ?? [])
    .filter(({ amount }) => amount > 0)
    .map(({ amount, discount }) => amountRow(nameOf(world, String(discount)), -amount, currency));
  const used = starting_balance - (ending_balance ?? starting_balance);
  const credit = used < 0 ? [amountRow('Credit applied', used, currency)] : [];
  const kept = used > 0 ? [amountRow('Added to your credit', used, currency)] : [];
  const subtotal = off.length > 0 ? [amountRow('Subtotal', invoice.subtotal, currency)] : [];
  return [...subtotal, ...off, ...credit, ...kept];
}

function nameOf(world: World, discount: string): string {
  const coupon = discounts(world).find(discount)?.source.coupon;
  return (coupon && termsOf(world, coupon)?.name) || 'Discount';
}
