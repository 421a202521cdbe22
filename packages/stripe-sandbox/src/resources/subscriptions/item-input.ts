import { invalid } from '../../core/errors';
import type { World } from '../../core/world';
import type { Input } from '../../http/input';
import { planOf } from '../prices/plan';
import { getActivePrice, type PriceRecord } from '../prices/price';
import { newItem, type WantedItem } from './build';
import type { AskedChange } from './plan-change';
import { currentPeriod, type SubscriptionItemRecord, type SubscriptionRecord } from './subscription';

/** Reads `items[i][price|quantity|metadata]`; prices must exist and be recurring. */
export function readItems(world: World, entries: Input[]): WantedItem[] {
  const items = entries.map((entry) => ({
    price: readPrice(world, entry),
    quantity: entry.integer('quantity') ?? 1,
    metadata: entry.metadata(),
  }));
  checkItems(items);
  return items;
}

/** `plan` is the older name of `price`. */
function readPrice(world: World, entry: Input): PriceRecord {
  const name = entry.has('plan') && !entry.has('price') ? 'plan' : 'price';
  return recurringPrice(world, entry.requiredText(name), entry.path(name));
}

function recurringPrice(world: World, id: string, param: string): PriceRecord {
  const price = getActivePrice(world, id, param);
  if (price.recurring) return price;
  throw invalid(
    `The price specified is set to \`type=one_time\` but this field only accepts prices with \`type=recurring\`.`,
    param,
  );
}

/** The items of one subscription share a currency, and each has a price of its own. */
export function checkItems(
  items: ReadonlyArray<{ price: PriceRecord }>,
  expected = items[0]?.price.currency ?? '',
): void {
  const seen = new Set<string>();
  for (const [i, { price }] of items.entries()) {
    if (seen.has(price.id)) {
      throw invalid(`Cannot add multiple subscription items with the same plan: ${price.id}`, 'plan');
    }
    seen.add(price.id);
    if (price.currency === expected) continue;
    throw invalid(
      `The price specified only supports \`${price.currency}\`. This doesn't match the expected currency: \`${expected}\`.`,
      `items[${i}][price]`,
    );
  }
}

/** `items[i][id]` changes or deletes an item; without an id a new one is added. The change applies at once. */
function readItemChanges(
  world: World,
  input: Input,
  before: SubscriptionRecord,
): SubscriptionRecord['items'] {
  const items = new Map(before.items.data.map((item) => [item.id, item]));
  for (const entry of input.maps('items')) {
    const id = entry.text('id');
    const known = id === undefined ? undefined : items.get(id);
    if (id !== undefined && !known) throw invalid(`No such subscription_item: '${id}'`, entry.path('id'));
    if (known && entry.flag('deleted')) items.delete(known.id);
    else if (known) items.set(known.id, changedItem(world, entry, known));
    else {
      const price = readPrice(world, entry);
      const when = { now: world.clock.now(), ...currentPeriod(before) };
      const item = newItem(before.id, { price, quantity: entry.integer('quantity') ?? 1 }, when);
      items.set(item.id, item);
    }
  }
  const data = [...items.values()];
  checkItems(data, before.currency);
  return { ...before.items, data };
}

function changedItem(world: World, entry: Input, item: SubscriptionItemRecord): SubscriptionItemRecord {
  const wanted = entry.text('price') ?? entry.text('plan');
  const stays = wanted === undefined || wanted === item.price.id;
  const price = stays ? item.price : readPrice(world, entry);
  const isOther = price.id !== item.price.id;
  return {
    ...item,
    price,
    plan: isOther ? planOf(price) : item.plan,
    quantity: entry.integer('quantity') ?? (isOther ? 1 : item.quantity),
    metadata: entry.metadata(item.metadata),
  };
}

/** Reads a change of items and how it is prorated; without `items` they stay. */
export function readChange(world: World, input: Input, before: SubscriptionRecord): AskedChange {
  const { start, end } = currentPeriod(before);
  const at = input.integer('proration_date') ?? world.clock.now();
  if (at < start || at > end) {
    throw invalid('The proration date must be within the current billing period.', 'proration_date');
  }
  return {
    items: input.has('items') ? readItemChanges(world, input, before) : before.items,
    at,
    behaviour:
      input.choice('proration_behavior', ['create_prorations', 'always_invoice', 'none'] as const) ??
      'create_prorations',
    resetsAnchor: readsNow(input),
  };
}

/** `{type: 'now'}`, or plain `now` from callers before 2026-10-28.endive. */
export function readsNow(input: Input, name = 'billing_cycle_anchor'): boolean {
  if (!input.has(name)) return false;
  return (input.isMap(name) ? input.map(name).text('type') : input.text(name)) === 'now';
}

export function readSavesMethod(input: Input): 'off' | 'on_subscription' | undefined {
  return input
    .map('payment_settings')
    .choice('save_default_payment_method', ['off', 'on_subscription'] as const);
}

export function readMissingMethod(input: Input): 'cancel' | 'create_invoice' | 'pause' | undefined {
  return input
    .map('trial_settings')
    .map('end_behavior')
    .choice('missing_payment_method', ['cancel', 'create_invoice', 'pause'] as const);
}
