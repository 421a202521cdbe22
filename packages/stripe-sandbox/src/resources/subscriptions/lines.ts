import type Stripe from 'stripe';
import { formatCadence, formatMoney } from '../../billing/money';
import { restOfPeriod } from '../../billing/proration';
import { newId } from '../../core/random';
import type { World } from '../../core/world';
import type { NewLine } from '../invoices/line';
import { products } from '../products/product';
import type { SubscriptionItemRecord, SubscriptionRecord } from './subscription';

export interface TimeSpan {
  start: number;
  end: number;
}

/** The invoice lines of one period; a trial is free, and a partial period costs its share. */
export function periodLines(
  world: World,
  subscription: SubscriptionRecord,
  period: TimeSpan & { isTrial?: boolean; whole?: TimeSpan },
): NewLine[] {
  const { isTrial = false, whole } = period;
  return subscription.items.data.map((item) => {
    const price = item.price.unit_amount * item.quantity;
    const amount = isTrial ? 0 : whole ? restOfPeriod(price, whole, period.start) : price;
    return {
      id: newId('il', 24),
      object: 'line_item',
      amount,
      currency: item.price.currency,
      description: describe(world, item, isTrial),
      discount_amounts: [],
      discountable: true,
      discounts: [],
      livemode: false,
      metadata: subscription.metadata,
      parent: lineParent(subscription.id, item.id),
      period: { end: period.end, start: period.start },
      pretax_credit_amounts: [],
      pricing: {
        price_details: { price: item.price.id, product: item.price.product },
        type: 'price_details',
        unit_amount_decimal: String(isTrial ? 0 : item.price.unit_amount),
      } as unknown as Stripe.InvoiceLineItem.Pricing,
      quantity: item.quantity,
      quantity_decimal: String(item.quantity),
      subscription: subscription.id,
      subtotal: amount,
      taxes: [],
    };
  });
}

function lineParent(subscription: string, subscription_item: string): Stripe.InvoiceLineItem.Parent {
  return {
    invoice_item_details: null,
    subscription_item_details: {
      invoice_item: null,
      proration: false,
      proration_details: { credited_items: null },
      subscription,
      subscription_item,
    },
    type: 'subscription_item_details',
  } as unknown as Stripe.InvoiceLineItem.Parent;
}

function describe(world: World, item: SubscriptionItemRecord, isTrial: boolean): string {
  const name = products(world).find(item.price.product)?.name ?? 'Subscription';
  if (isTrial) return `Trial period for ${name}`;
  const each = formatMoney(item.price.unit_amount, item.price.currency);
  const cadence = item.price.recurring ? ` / ${formatCadence(item.price.recurring)}` : '';
  return `${item.quantity} × ${name} (at ${each}${cadence})`;
}
