import type Stripe from 'stripe';
import { invalid, noSuch } from '../../core/errors';
import { newId } from '../../core/random';
import { defineCollection } from '../../core/store';
import type { World } from '../../core/world';
import type { DiscountChoice } from '../discounts/choice';
import { findCustomer } from '../customers/customer';
import { products } from '../products/product';
import { amountFields, sessionAmounts, type SessionLine } from './amounts';
import { modeDefaults, sessionDefaults } from './session-defaults';

export type SessionRecord = Omit<
  Stripe.Checkout.Session,
  'customer' | 'subscription' | 'invoice' | 'payment_intent' | 'setup_intent' | 'line_items'
> & {
  customer: string | null;
  subscription: string | null;
  invoice: string | null;
  payment_intent: string | null;
  setup_intent: string | null;
};

/** Data of a session that the API does not show. */
export interface SessionSecrets {
  id: string;
  lines: SessionLine[];
  trialEnd: number | null;
  trialDays: number | null;
  /** Whether what the payer enters becomes the customer's own. */
  updatesName: boolean;
  updatesAddress: boolean;
  trialWithoutMethod: 'cancel' | 'create_invoice' | 'pause';
  subscriptionMetadata: Record<string, string>;
  intentMetadata: Record<string, string>;
  intentShipping: object | null;
  futureUsage: 'off_session' | 'on_session' | null;
  description: string | null;
  /** The intent of the attempts so far; it moves into the purchase when one succeeds. */
  intent: string | null;
  /** The payer as entered before an authentication step. */
  payer: Payer | null;
  /** Coupons and codes of the order; redeemed when it is paid. */
  choices: DiscountChoice[];
}

export interface Payer {
  email: string | null;
  name: string | null;
  country: string | null;
}

export const sessions = defineCollection<SessionRecord>('checkout_sessions', [
  'customer',
  'subscription',
  'invoice',
  'payment_intent',
]);
export const sessionSecrets = defineCollection<SessionSecrets>('_checkout_sessions');

export interface NewSession {
  mode: 'payment' | 'subscription' | 'setup';
  lines: SessionLine[];
  customer: string | null;
  customer_email: string | null;
  fields: Partial<SessionRecord>;
  secrets: Partial<SessionSecrets>;
}

const NO_SECRETS: Omit<SessionSecrets, 'id' | 'lines'> = {
  trialEnd: null,
  trialDays: null,
  updatesName: false,
  updatesAddress: false,
  trialWithoutMethod: 'create_invoice',
  subscriptionMetadata: {},
  intentMetadata: {},
  intentShipping: null,
  futureUsage: null,
  description: null,
  intent: null,
  payer: null,
  choices: [],
};

/** Opens a session; its page is reachable at `url` until it completes or expires. */
export function openSession(world: World, wanted: NewSession): SessionRecord {
  const id = newId('cs_test', 60);
  const now = world.clock.now();
  const isTrial = Boolean(wanted.secrets.trialEnd ?? wanted.secrets.trialDays);
  const { lines, secrets } = wanted;
  sessionSecrets(world).put({ ...NO_SECRETS, id, lines, ...secrets });
  const session = sessions(world).put({
    ...sessionDefaults(),
    id,
    ...amountFields(world, { lines, choices: secrets.choices ?? [], isTrial }),
    ...modeDefaults(wanted.mode),
    created: now,
    currency: wanted.lines[0]?.price.currency ?? 'usd',
    customer: wanted.customer,
    customer_creation: wanted.mode === 'subscription' && !wanted.customer ? 'always' : null,
    customer_details: knownDetails(world, wanted),
    customer_email: wanted.customer_email,
    expires_at: now + 86_400,
    mode: wanted.mode,
    url: `${world.settings.publicUrl}/c/pay/${id}`,
    ...wanted.fields,
  });
  world.scheduler.schedule('session.expire', id, session.expires_at);
  return session;
}

/** What is known of the payer before the page is filled in. */
function knownDetails(world: World, wanted: NewSession): SessionRecord['customer_details'] {
  const customer = findCustomer(world, wanted.customer);
  const email = customer?.email ?? wanted.customer_email;
  if (!customer && email === null) return null;
  return {
    address: null,
    business_name: null,
    email,
    individual_name: null,
    name: null,
    phone: null,
    tax_exempt: customer?.tax_exempt ?? 'none',
    tax_ids: null,
  };
}

/** Whether the page has to ask for a payment method; a free start needs none with `if_required`. */
export function needsMethod(session: SessionRecord): boolean {
  if (session.mode === 'setup') return true;
  return session.amount_total !== 0 || session.payment_method_collection !== 'if_required';
}

export function getSession(world: World, id: string): SessionRecord {
  const session = sessions(world).find(id);
  if (!session) throw noSuch('checkout.session', id, 'id');
  return session;
}

export function secretsOf(world: World, id: string): SessionSecrets {
  const secrets = sessionSecrets(world).find(id);
  if (!secrets) throw noSuch('checkout.session', id, 'id');
  return secrets;
}

/** `line_items` as they appear when expanded. */
export function lineItems(world: World, id: string): object[] {
  const session = getSession(world, id);
  const { lines, choices } = secretsOf(world, id);
  const { amounts, off } = sessionAmounts(world, lines, choices);
  const isTrial = session.amount_subtotal === 0;
  return lines.map((line, i) => {
    const amount = isTrial ? 0 : (amounts[i] ?? 0);
    const amount_discount = isTrial ? 0 : (off[i] ?? 0);
    return {
      id: `li_${id.slice(-20)}${i}`,
      object: 'item',
      adjustable_quantity: null,
      amount_discount,
      amount_subtotal: amount,
      amount_tax: 0,
      amount_total: amount - amount_discount,
      currency: line.price.currency,
      description: products(world).find(line.price.product)?.name ?? null,
      metadata: {},
      price: line.price,
      quantity: line.quantity,
    };
  });
}

/** Closes an open session; emits checkout.session.expired. */
export function expireSession(world: World, id: string): SessionRecord {
  const session = getSession(world, id);
  if (session.status !== 'open') {
    throw invalid(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${String(session.status)}.`,
      'session',
    );
  }
  const expired = sessions(world).patch(id, { status: 'expired', url: null });
  world.journal.emit('checkout.session.expired', expired);
  return expired;
}
