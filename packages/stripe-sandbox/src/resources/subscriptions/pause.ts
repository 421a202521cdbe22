import { boundary, periodEnd } from '../../billing/periods';
import { invalid, noSuch } from '../../core/errors';
import type { World } from '../../core/world';
import type { Input } from '../../http/input';
import type { Call } from '../../http/route';
import { getInvoice } from '../invoices/invoice';
import { applyChange, settleEnd } from './change';
import { rememberDebit } from './debits';
import { chargesForRest, planChange, type ProrationBehaviour } from './plan-change';
import { pauseFor } from './pause-state';
import { schedulePeriodEnd } from './renewal';
import { awaitPayment, markResumed } from './resumption';
import { currentPeriod, getSubscription, inPeriod, isOver, type SubscriptionRecord } from './subscription';

/**
 * POST /v1/subscriptions/{id}/pause: no more periods until it is resumed. The unused time is credited, on the next
 * invoice unless an invoice is asked for.
 */
export function pauseSubscription({ world, input, part }: Call): object {
  const before = getSubscription(world, part('id'));
  if (!['active', 'trialing', 'past_due'].includes(before.status)) {
    throw invalid(`This subscription cannot be paused because its status is ${before.status}.`, 'id');
  }
  if (before.schedule !== null)
    throw invalid('A subscription with an attached schedule cannot be paused.', 'id');
  const unused = input.map('bill_for').map('unused_time_from').text('type') ?? 'now';
  const invoicing = input.choice('invoicing_behavior', ['invoice', 'pending_invoice_item'] as const);
  if (before.status !== 'trialing') {
    settleEnd(world, before, { prorate: unused === 'now', invoiceNow: invoicing === 'invoice' });
    if (unused === 'now') clearDebits(world, before);
  }
  return pauseFor(world, before.id, 'pause_requested');
}

/** Prevents a second credit for the same time. */
function clearDebits(world: World, { items }: SubscriptionRecord): void {
  const now = world.clock.now();
  for (const { id } of items.data) rememberDebit(world, id, { amount: 0, start: now, end: now });
}

const BEHAVIOURS = ['resume_on_payment_attempt', 'resume_on_payment_success'] as const;

/**
 * POST /v1/subscriptions/{id}/resume: by default in a new period, whose invoice is final at once; the subscription lives
 * again when that is paid. By default nobody charges it and the first attempt decides, with `resume_on_payment_success`
 * it is charged here and retried. With `unchanged` it goes on in the period that runs now, paying for the rest of it.
 */
export function resumeSubscription({ world, input, part }: Call): object {
  const before = getSubscription(world, part('id'));
  if (isOver(before)) throw noSuch('subscription', before.id);
  if (before.status !== 'paused') {
    throw invalid('Only paused subscriptions can be resumed.', 'id');
  }
  const byAttempt = input.choice('payment_behavior', BEHAVIOURS) !== 'resume_on_payment_success';
  const plan = readAnchor(input) === 'unchanged' ? planRest(world, input, before) : planAnew(world, before);
  const behaviour = byAttempt ? 'default_incomplete' : 'allow_incomplete';
  const changed = applyChange(world, before.id, { plan, rest: { trial_end: before.trial_end }, behaviour });
  const isOtherPeriod = currentPeriod(changed).end !== currentPeriod(before).end;
  if (!plan.isReset && isOtherPeriod) schedulePeriodEnd(world, changed);
  const invoice = changed.latest_invoice;
  const isNew = invoice !== null && invoice !== before.latest_invoice;
  if (changed.status === 'paused' && !isNew) return markResumed(world, before.id, 'active');
  if (changed.status === 'paused' && isNew && getInvoice(world, invoice).status === 'open') {
    awaitPayment(world, { id: before.id, invoice, byAttempt });
  }
  return getSubscription(world, before.id);
}

/** `{type: 'unchanged'}`, or the plain word from callers before 2026-10-28.endive. */
function readAnchor(input: Input): string | undefined {
  return input.isMap('billing_cycle_anchor')
    ? input.map('billing_cycle_anchor').text('type')
    : input.text('billing_cycle_anchor');
}

function planAnew(world: World, before: SubscriptionRecord) {
  return planChange(world, before, {
    items: before.items,
    at: world.clock.now(),
    behaviour: 'none',
    resetsAnchor: true,
  });
}

const PRORATIONS: readonly ProrationBehaviour[] = ['create_prorations', 'always_invoice', 'none'];

function planRest(world: World, input: Input, before: SubscriptionRecord) {
  const behaviour = input.choice('proration_behavior', PRORATIONS) ?? 'create_prorations';
  const now = world.clock.now();
  const period = periodAround(before, now);
  const items = inPeriod(before, period.start, period.end);
  const prorations = behaviour === 'none' ? [] : chargesForRest(world, { ...before, items }, now);
  return { items, prorations, isReset: false, invoicesNow: behaviour === 'always_invoice' };
}

function periodAround(before: SubscriptionRecord, now: number): { start: number; end: number } {
  const cadence = before.items.data[0]?.price.recurring;
  const current = currentPeriod(before);
  if (!cadence || current.end > now) return current;
  const end = periodEnd(before.billing_cycle_anchor, cadence, now);
  const start = periodEnd(before.billing_cycle_anchor, cadence, boundary(end, cadence, -1) - 1);
  return { start: Math.min(start, now), end };
}
