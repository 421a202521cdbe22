import type Stripe from 'stripe';
import { invalid, noSuch } from '../../core/errors';
import { newId } from '../../core/random';
import { defineCollection } from '../../core/store';
import type { World } from '../../core/world';
import type { PriceRecord } from '../prices/price';
import { products } from '../products/product';
import { sessionDefaults } from './session-defaults';

export type SessionRecord = Omit<
  Stripe.Checkout.Session,
  'customer' | 'subscription' | 'invoice' | 'payment_intent' | 'line_items'
> & {
  customer: string | null;
  subscription: string | null;
  invoice: string | null;
  payment_intent: string | null;
};

export interface SessionLine {
  price: PriceRecord;
  quantity: number;
}

/** What a session needs to know that its object does not show. */
export interface SessionSecrets {
  id: string;
  lines: SessionLine[];
  trialEnd: number | null;
  trialDays: number | null;
  trialWithoutMethod: 'cancel' | 'create_invoice' | 'pause';
  subscriptionMetadata: Record<string, string>;
  intentMetadata: Record<string, string>;
  description: string | null;
  /** The intent of the attempts so far; it moves into the purchase when one succeeds. */
  intent: string | null;
  /** The payer as entered before an authentication step. */
  payer: Payer | null;
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
  mode: 'payment' | 'subscription';
  lines: SessionLine[];
  customer: string | null;
  customer_email: string | null;
  fields: Partial<SessionRecord>;
  secrets: Partial<SessionSecrets>;
}

/** Opens a session; its page is reachable at `url` until it completes or expires. */
export function openSession(world: World, wanted: NewSession): SessionRecord {
  const id = newId('cs_test', 60);
  const now = world.clock.now();
  const total = wanted.lines.reduce((sum, line) => sum + line.price.unit_amount * line.quantity, 0);
  const isTrial = Boolean(wanted.secrets.trialEnd ?? wanted.secrets.trialDays);
  const amount = isTrial ? 0 : total;
  sessionSecrets(world).put({
    id,
    lines: wanted.lines,
    trialEnd: null,
    trialDays: null,
    trialWithoutMethod: 'create_invoice',
    subscriptionMetadata: {},
    intentMetadata: {},
    description: null,
    intent: null,
    payer: null,
    ...wanted.secrets,
  });
  const session = sessions(world).put({
    ...sessionDefaults(),
    id,
    amount_subtotal: amount,
    amount_total: amount,
    created: now,
    currency: wanted.lines[0]?.price.currency ?? 'usd',
    customer: wanted.customer,
    customer_creation: wanted.mode === 'subscription' && !wanted.customer ? 'always' : null,
    customer_email: wanted.customer_email,
    expires_at: now + 86_400,
    mode: wanted.mode,
    payment_method_collection: wanted.mode === 'subscription' ? 'always' : 'if_required',
    url: `${world.settings.publicUrl}/c/pay/${id}`,
    ...wanted.fields,
  });
  world.scheduler.schedule('session.expire', id, session.expires_at);
  return session;
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
  return secretsOf(world, id).lines.map((line, i) => {
    const amount = session.amount_total === 0 ? 0 : line.price.unit_amount * line.quantity;
    return {
      id: `li_${id.slice(-20)}${i}`,
      object: 'item',
      adjustable_quantity: null,
      amount_discount: 0,
      amount_subtotal: amount,
      amount_tax: 0,
      amount_total: amount,
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
