import { invalid } from '../../core/errors';
import type { World } from '../../core/world';
import type { Input } from '../../http/input';
import type { Call } from '../../http/route';
import { readDiscounts } from '../discounts/choice';
import { endDiscount, grantDiscounts } from '../discounts/discount';
import { resolvePaymentMethod } from '../payment-methods/payment-method';
import { readCancellation } from './cancel-input';
import { applyChange } from './change';
import { readChange, readMissingMethod, readSavesMethod, readsNow } from './item-input';
import { voidPending } from './pending-update';
import { planChange } from './plan-change';
import { changeSubscription, getSubscription, isOver, type SubscriptionRecord } from './subscription';
import { PAYMENT_BEHAVIOURS } from './subscription-input';
import { readTrialChange } from './trial';

/** POST /v1/subscriptions/{id}. A canceled subscription accepts only metadata and cancellation details. */
export function updateSubscription({ world, input, part }: Call): object {
  const subscription = getSubscription(world, part('id'));
  if (isOver(subscription) && input.names().some((name) => !AFTER_THE_END.has(name))) {
    throw invalid('A canceled subscription can only update its cancellation_details and metadata.');
  }
  refuseManaged(subscription, input);
  const change: Partial<SubscriptionRecord> = {
    ...readCancellation(world, input, subscription),
    metadata: input.metadata(subscription.metadata),
  };
  const method = input.nullableText('default_payment_method');
  if (method !== undefined) {
    change.default_payment_method = method && ownMethod(world, method, subscription.customer);
  }
  if (input.has('description')) change.description = input.text('description') ?? null;
  if (input.has('pause_collection')) change.pause_collection = readPause(world, input, subscription.id);
  Object.assign(change, readSettings(input, subscription));
  const granted = readNewDiscounts(world, input, subscription);
  if (granted) change.discounts = granted;
  const changed = changeWith(world, input, { subscription, change });
  if (changed.cancel_at !== null && changed.cancel_at !== subscription.cancel_at) {
    world.scheduler.schedule('subscription.cancel', changed.id, changed.cancel_at);
  }
  return readTrialChange(world, input, changed);
}

const CANCELLATION = ['cancel_at', 'cancel_at_period_end'] as const;
const CONTENT = ['items', 'billing_cycle_anchor', 'trial_end'] as const;

/** A schedule's settings can only be changed on the schedule. */
function refuseManaged({ schedule }: SubscriptionRecord, input: Input): void {
  const param = [...CANCELLATION, ...CONTENT].find((name) => input.has(name));
  if (schedule === null || param === undefined) return;
  const what = param.startsWith('cancel') ? 'any cancelation behavior' : param;
  throw invalid(
    `The subscription is managed by the subscription schedule \`${schedule}\`, and updating ${what} directly is not allowed. Please update the schedule instead.`,
    param,
  );
}

/** Items are prorated and may be invoiced at once; everything else just changes. */
function changeWith(
  world: World,
  input: Input,
  { subscription, change }: { subscription: SubscriptionRecord; change: Partial<SubscriptionRecord> },
): SubscriptionRecord {
  if (!input.has('items') && !readsNow(input)) return changeSubscription(world, subscription.id, change);
  const discounted = { ...subscription, ...change };
  const behaviour = input.choice('payment_behavior', PAYMENT_BEHAVIOURS) ?? 'allow_incomplete';
  if (behaviour === 'pending_if_incomplete') checkPending(input, subscription);
  const asked = readChange(world, input, subscription);
  voidPending(world, subscription);
  const plan = planChange(world, discounted, asked);
  const offSession = input.flag('off_session') ?? false;
  return applyChange(world, subscription.id, { plan, rest: change, behaviour, offSession });
}

const PENDING: ReadonlySet<string> = new Set([
  'billing_cycle_anchor',
  'cancel_at_period_end',
  'expand',
  'items',
  'metadata',
  'off_session',
  'payment_behavior',
  'proration_behavior',
  'proration_date',
]);

/** Only some parameters can be pending. */
function checkPending(input: Input, { collection_method }: SubscriptionRecord): void {
  const other = input.names().find((name) => !PENDING.has(name));
  if (other !== undefined) {
    throw invalid(
      `The parameter \`${other}\` cannot be updated with \`payment_behavior=pending_if_incomplete\`.`,
      other,
    );
  }
  if (collection_method === 'charge_automatically') return;
  throw invalid(
    '`payment_behavior=pending_if_incomplete` requires `collection_method=charge_automatically`.',
    'payment_behavior',
  );
}

/** `discounts` replaces what was there; entries that name a discount keep it. */
function readNewDiscounts(world: World, input: Input, before: SubscriptionRecord): string[] | undefined {
  const { customer, currency } = before;
  const choices = readDiscounts(world, input, { customer, currency, amount: Number.MAX_SAFE_INTEGER });
  if (!choices) return undefined;
  const granted = grantDiscounts(world, choices, { customer, subscription: before.id }).map(({ id }) => id);
  for (const id of before.discounts as string[]) if (!granted.includes(id)) endDiscount(world, id);
  return granted;
}

const AFTER_THE_END: ReadonlySet<string> = new Set(['metadata', 'cancellation_details', 'expand']);

function ownMethod(world: World, id: string, customer: string): string {
  const method = resolvePaymentMethod(world, id, 'default_payment_method');
  if (method.customer === customer) return method.id;
  throw invalid(
    'The payment method must be attached to the customer.',
    'default_payment_method',
    'resource_missing',
  );
}

/** How its invoices are collected from now on. */
function readSettings(input: Input, before: SubscriptionRecord): Partial<SubscriptionRecord> {
  const collection = input.choice('collection_method', ['charge_automatically', 'send_invoice'] as const);
  const saves = readSavesMethod(input);
  const missing = readMissingMethod(input);
  const { payment_settings, trial_settings } = before;
  return {
    ...(collection ? { collection_method: collection } : {}),
    ...(input.has('days_until_due') ? { days_until_due: input.integer('days_until_due') ?? null } : {}),
    ...(saves && payment_settings
      ? { payment_settings: { ...payment_settings, save_default_payment_method: saves } }
      : {}),
    ...(missing && trial_settings
      ? {
          trial_settings: {
            end_behavior: { ...trial_settings.end_behavior, missing_payment_method: missing },
          },
        }
      : {}),
  };
}

function readPause(world: World, input: Input, id: string): SubscriptionRecord['pause_collection'] {
  const pause = input.map('pause_collection');
  if (!pause.has('behavior')) return null;
  const behavior = pause.choice('behavior', ['keep_as_draft', 'mark_uncollectible', 'void'] as const);
  const resumes_at = pause.integer('resumes_at') ?? null;
  if (resumes_at !== null) world.scheduler.schedule('subscription.resume_collection', id, resumes_at);
  return { behavior: behavior ?? 'keep_as_draft', resumes_at };
}
