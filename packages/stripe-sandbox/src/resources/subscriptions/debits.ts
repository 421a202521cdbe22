import type { Debit } from '../../billing/proration';
import { defineCollection } from '../../core/store';
import type { World } from '../../core/world';
import type { NewLine } from '../invoices/line';

/** The last charge for a subscription item, by its id; credits refund part of it. */
interface ItemDebit extends Debit {
  id: string;
}

const debits = defineCollection<ItemDebit>('_item_debits');

/** Remembers what the periods on these lines cost after discounts. */
export function rememberDebits(world: World, lines: readonly NewLine[]): void {
  for (const line of lines) {
    const details = line.parent?.subscription_item_details;
    if (details && !details.proration) {
      rememberDebit(world, details.subscription_item, { amount: netOf(line), ...line.period });
    }
  }
}

export function rememberDebit(world: World, item: string, debit: Debit): void {
  debits(world).put({ id: item, ...debit });
}

export function findDebit(world: World, item: string): Debit | undefined {
  return debits(world).find(item);
}

/** A line after its discounts. */
export function netOf(line: Pick<NewLine, 'amount' | 'discount_amounts'>): number {
  return (line.discount_amounts ?? []).reduce((left, { amount }) => left - amount, line.amount);
}
