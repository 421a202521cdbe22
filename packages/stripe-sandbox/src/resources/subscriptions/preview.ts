import { settleBalance } from '../../billing/proration';
import { periodEnd } from '../../billing/periods';
import { missingParam } from '../../core/errors';
import { newId } from '../../core/random';
import type { World } from '../../core/world';
import { Input } from '../../http/input';
import type { Call } from '../../http/route';
import { type CustomerRecord, getCustomer } from '../customers/customer';
import { readDiscounts } from '../discounts/choice';
import { type DiscountRecord, discountsFor } from '../discounts/discount';
import { readItem } from '../invoice-items/invoice-item.resource';
import { buildInvoiceItem, lineOfItem, pendingItems } from '../invoice-items/invoice-item';
import { buildInvoice, type InvoiceDraft, type InvoiceRecord } from '../invoices/invoice';
import type { NewLine } from '../invoices/line';
import { readChange, readItems } from './item-input';
import { newItem } from './build';
import { periodLines } from './lines';
import { planChange } from './plan-change';
import { currentPeriod, getSubscription, inPeriod, type SubscriptionRecord } from './subscription';

/** POST /v1/invoices/create_preview: the next invoice, or the one a change would make. Nothing is stored. */
export function createPreview({ world, input }: Call): object {
  const id = input.text('subscription');
  const subscription = id === undefined ? undefined : getSubscription(world, id, 'subscription');
  const customerId = subscription?.customer ?? input.text('customer');
  if (customerId === undefined) throw missingParam('customer');
  return previewInvoice(world, input, { subscription, customer: customerId });
}

function previewInvoice(
  world: World,
  input: Input,
  of: { subscription: SubscriptionRecord | undefined; customer: string },
): InvoiceRecord {
  const { subscription } = of;
  const customer = getCustomer(world, of.customer, 'customer');
  const extra = input
    .maps('invoice_items')
    .map((entry) =>
      buildInvoiceItem({ customer: customer.id, ...readItem(world, entry) }, world.clock.now()),
    );
  const draft = subscription
    ? previewChange(world, input, subscription)
    : previewStart(world, input.map('subscription_details'));
  const which = { subscription: subscription?.id ?? null, loose: draft.isPeriodic };
  const lines = [...pendingItems(world, customer.id, which), ...extra].map(lineOfItem);
  return show(world, customer, {
    ...draft,
    lines: [...lines, ...draft.lines],
    discounts: discountsOf(world, input, { customer, subscription }),
  });
}

type PreviewDraft = Pick<InvoiceDraft, 'billing_reason' | 'lines' | 'period' | 'finalizes_at'> & {
  /** It covers a whole period, so items without a subscription are included. */
  isPeriodic: boolean;
  currency: string;
  subscription?: SubscriptionRecord;
};

function previewChange(world: World, input: Input, before: SubscriptionRecord): PreviewDraft {
  const details = input.map('subscription_details');
  const plan = planChange(world, before, readChange(world, details, before));
  const now = world.clock.now();
  const prorations = plan.prorations.map(({ item }) => lineOfItem(buildInvoiceItem(item, now)));
  const common = { currency: before.currency, subscription: before };
  const after = { ...before, items: plan.items };
  if (plan.invoicesNow) {
    const whole = plan.isReset ? periodLines(world, after, currentPeriod(after)) : [];
    const period = { start: now, end: now };
    const reason = 'subscription_update' as const;
    return { ...common, billing_reason: reason, lines: [...prorations, ...whole], period, isPeriodic: false };
  }
  const { start, end } = currentPeriod(before);
  const ends = details.flag('cancel_at_period_end') ?? (before.cancel_at !== null && before.cancel_at <= end);
  return {
    ...common,
    billing_reason: 'upcoming',
    lines: [...prorations, ...(ends ? [] : nextLines(world, after))],
    period: { start, end },
    finalizes_at: end + world.settings.draftSeconds,
    isPeriodic: true,
  };
}

function nextLines(world: World, subscription: SubscriptionRecord): NewLine[] {
  const { end } = currentPeriod(subscription);
  const cadence = subscription.items.data[0]?.price.recurring;
  if (!cadence) return [];
  const next = { start: end, end: periodEnd(subscription.billing_cycle_anchor, cadence, end) };
  return periodLines(world, { ...subscription, items: inPeriod(subscription, next.start, next.end) }, next);
}

/** A subscription that does not exist yet; without items only what is pending. */
function previewStart(world: World, details: Input): PreviewDraft {
  const items = readItems(world, details.maps('items'));
  const now = world.clock.now();
  const cadence = items[0]?.price.recurring;
  const end = cadence ? periodEnd(now, cadence, now) : now;
  const data = items.map((item) => newItem('sub_preview', item, { now, start: now, end }));
  const subscription = { id: 'sub_preview', metadata: {}, items: { data } } as unknown as SubscriptionRecord;
  return {
    billing_reason: cadence ? 'subscription_create' : 'manual',
    currency: items[0]?.price.currency ?? 'usd',
    lines: periodLines(world, subscription, { start: now, end }),
    period: { start: now, end: now },
    isPeriodic: true,
  };
}

function discountsOf(
  world: World,
  input: Input,
  { customer, subscription }: { customer: CustomerRecord; subscription: SubscriptionRecord | undefined },
): DiscountRecord[] {
  const order = {
    customer: customer.id,
    amount: Number.MAX_SAFE_INTEGER,
    currency: customer.currency ?? 'usd',
  };
  const choices = readDiscounts(world, input, order);
  if (!choices) {
    const at = subscription ? currentPeriod(subscription).end : world.clock.now();
    return world.clock.at(at, () => discountsFor(world, subscription ?? { discounts: [] }, customer));
  }
  return choices.map(
    ({ coupon }, i) =>
      ({ id: `di_preview${i}`, source: { type: 'coupon', coupon } }) as unknown as DiscountRecord,
  );
}

/** What a renewal will look like; `invoice.upcoming` announces it some days before. It has no id yet. */
export function announceRenewal(world: World, subscription: SubscriptionRecord, at: number): void {
  const { status, cancel_at, customer } = subscription;
  const { end } = currentPeriod(subscription);
  const isDue = at === end - world.settings.upcomingDays * 86_400;
  if (!isDue || !RENEWING.has(status) || (cancel_at !== null && cancel_at <= end)) return;
  const upcoming: Partial<InvoiceRecord> = previewInvoice(world, new Input({}), { subscription, customer });
  delete upcoming.id;
  world.journal.emit('invoice.upcoming', upcoming);
}

const RENEWING: ReadonlySet<string> = new Set(['active', 'trialing', 'past_due']);

function show(world: World, customer: CustomerRecord, draft: Omit<InvoiceDraft, 'customer'>): InvoiceRecord {
  const invoice = buildInvoice(world, { ...draft, customer }, newId('upcoming_in', 24));
  const { due, after } = settleBalance(invoice.total, customer.balance);
  return {
    ...invoice,
    starting_balance: customer.balance,
    ending_balance: after,
    amount_due: due,
    amount_remaining: due,
  };
}
