import type { World } from '../../core/world';
import { createCustomer, type CustomerRecord, getCustomer, updateCustomer } from '../customers/customer';
import { NO_ADDRESS } from '../customers/address';
import { grantDiscounts } from '../discounts/discount';
import { createIntent, paymentIntents } from '../payment-intents/intent.record';
import { confirmIntent } from '../payment-intents/payment-intent';
import { attachPaymentMethod, type PaymentMethodRecord } from '../payment-methods/payment-method';
import { startSubscription } from '../subscriptions/create';
import { type PurchaseResult, complete, type PayResult } from './complete';
import { secretsOf, type SessionRecord, sessionSecrets } from './session';

/** All attempts of a session share one intent, as on Stripe. */
export function attemptIntent(world: World, session: SessionRecord): string {
  const secrets = secretsOf(world, session.id);
  if (secrets.intent !== null) return secrets.intent;
  const intent = createIntent(world, {
    amount: session.amount_total ?? 0,
    currency: session.currency ?? 'usd',
    customer: session.customer,
    metadata: secrets.intentMetadata,
    description: secrets.description,
    shipping: secrets.intentShipping,
    setup_future_usage: session.mode === 'subscription' ? 'off_session' : secrets.futureUsage,
    types: session.payment_method_types,
    capture_method: session.mode === 'payment' ? 'automatic_async' : 'automatic',
  });
  sessionSecrets(world).patch(session.id, { intent: intent.id });
  return intent.id;
}

interface CheckoutAttempt {
  /** Undefined when nothing is due today. */
  method?: PaymentMethodRecord;
  intent?: string;
  authenticated?: boolean;
}

/** Makes the purchase of a session and completes it. */
export function purchase(world: World, session: SessionRecord, attempt: CheckoutAttempt): PayResult {
  const { method } = attempt;
  const customer = findOrCreateCustomer(world, session, method);
  const intent = attempt.intent ?? secretsOf(world, session.id).intent ?? undefined;
  if (intent !== undefined && customer) paymentIntents(world).patch(intent, { customer: customer.id });
  const how = { intent, authenticated: attempt.authenticated ?? false };
  const bought =
    session.mode === 'subscription' && customer
      ? buySubscription(world, session, { customer, method, ...how })
      : buyOnce(world, session, { customer, method, ...how });
  complete(world, session, { ...bought, customer: customer?.id ?? null });
  return { kind: 'complete' };
}

function findOrCreateCustomer(
  world: World,
  session: SessionRecord,
  method: PaymentMethodRecord | undefined,
): CustomerRecord | undefined {
  const { payer } = secretsOf(world, session.id);
  if (session.customer === null && session.mode === 'payment' && session.customer_creation !== 'always')
    return undefined;
  const customer =
    session.customer === null
      ? createCustomer(world, { email: payer?.email ?? session.customer_email, name: payer?.name ?? null })
      : getCustomer(world, session.customer);
  if (method) attachPaymentMethod(world, method.id, customer.id);
  return session.customer === null ? customer : keepEntered(world, session.id, customer);
}

/** `customer_update`: what the payer entered becomes the customer's name and address. */
function keepEntered(world: World, session: string, customer: CustomerRecord): CustomerRecord {
  const { payer, updatesName, updatesAddress } = secretsOf(world, session);
  const country = payer?.country ?? null;
  return updateCustomer(world, customer.id, {
    ...(updatesName && payer?.name ? { name: payer.name } : {}),
    ...(updatesAddress && country !== null ? { address: { ...NO_ADDRESS, country } } : {}),
  });
}

interface Purchase {
  method: PaymentMethodRecord | undefined;
  intent: string | undefined;
  authenticated: boolean;
}

function buySubscription(
  world: World,
  session: SessionRecord,
  how: Purchase & { customer: CustomerRecord },
): PurchaseResult {
  const secrets = secretsOf(world, session.id);
  const now = world.clock.now();
  const trialEnd = secrets.trialEnd ?? (secrets.trialDays === null ? null : now + secrets.trialDays * 86_400);
  const { subscription, outcome } = startSubscription(world, {
    customer: how.customer,
    items: secrets.lines,
    default_payment_method: how.method?.id ?? null,
    chargeWith: how.method?.id,
    trialEnd,
    trialWithoutMethod: secrets.trialWithoutMethod,
    metadata: secrets.subscriptionMetadata,
    description: secrets.description,
    discounts: secrets.choices,
    intent: session.amount_total === 0 ? undefined : how.intent,
    authenticated: how.authenticated,
  });
  // Checkout collects names and languages; Stripe announces the change with the purchase.
  updateCustomer(world, how.customer.id, { preferred_locales: ['en'] });
  const isFree = session.amount_total === 0;
  return {
    subscription: subscription.id,
    invoice: subscription.latest_invoice,
    payment_intent: null,
    payment_status: isFree ? 'no_payment_required' : outcome.kind === 'succeeded' ? 'paid' : 'unpaid',
  };
}

function buyOnce(
  world: World,
  session: SessionRecord,
  how: Purchase & { customer: CustomerRecord | undefined },
): PurchaseResult {
  const owner = { customer: how.customer?.id ?? null, checkout_session: session.id };
  grantDiscounts(world, secretsOf(world, session.id).choices, owner);
  if (session.amount_total === 0) {
    return {
      subscription: null,
      invoice: null,
      payment_intent: null,
      payment_status: 'no_payment_required',
    };
  }
  const intent = how.intent ?? attemptIntent(world, session);
  const outcome = confirmIntent(world, intent, {
    method: how.method?.id ?? '',
    offSession: false,
    authenticated: how.authenticated,
  });
  return {
    subscription: null,
    invoice: null,
    payment_intent: intent,
    payment_status: outcome.kind === 'succeeded' ? 'paid' : 'unpaid',
  };
}
