import type Stripe from 'stripe';
import { cardError, invalid, noSuch } from '../../core/errors';
import { newId } from '../../core/random';
import { defineCollection } from '../../core/store';
import type { World } from '../../core/world';
import type { Input } from '../../http/input';
import { type Address, NO_ADDRESS, readAddress } from '../customers/address';
import { behaviourOf, behaviourOfAlias, type CardBehaviour, WRONG_NUMBER } from './cards';

export type PaymentMethodRecord = Omit<Stripe.PaymentMethod, 'customer'> & { customer: string | null };

/** What the API never shows: the number behind a payment method. */
interface Instrument {
  id: string;
  number?: string;
  iban?: string;
}

export interface BillingDetails {
  address: Address;
  email: string | null;
  name: string | null;
  phone: string | null;
  tax_id: null;
}

export const paymentMethods = defineCollection<PaymentMethodRecord>('payment_methods', ['customer']);
const instruments = defineCollection<Instrument>('_instruments');

const NO_DETAILS: BillingDetails = {
  address: NO_ADDRESS,
  email: null,
  name: null,
  phone: null,
  tax_id: null,
};

export function readBillingDetails(input: Input): BillingDetails {
  const details = input.map('billing_details');
  return {
    address: readAddress(details) ?? NO_ADDRESS,
    email: details.text('email') ?? null,
    name: details.text('name') ?? null,
    phone: details.text('phone') ?? null,
    tax_id: null,
  };
}

export interface CardEntry {
  number: string;
  expMonth?: number;
  expYear?: number;
}

/** Creates an unattached card. Throws `incorrect_number` when the check digit is wrong. */
export function createCard(world: World, entry: CardEntry, details = NO_DETAILS): PaymentMethodRecord {
  const behaviour = behaviourOf(entry.number);
  if (!behaviour) throw cardError({ ...WRONG_NUMBER, param: 'number' });
  const id = newId('pm', 24);
  instruments(world).put({ id, number: entry.number });
  const year = new Date(world.clock.now() * 1000).getUTCFullYear() + 5;
  return paymentMethods(world).put({
    ...emptyMethod(id, world.clock.now(), details),
    card: cardFields(behaviour, entry.expMonth ?? 12, entry.expYear ?? year),
    type: 'card',
  });
}

export function createSepaDebit(world: World, iban: string, details = NO_DETAILS): PaymentMethodRecord {
  const id = newId('pm', 24);
  instruments(world).put({ id, iban });
  return paymentMethods(world).put({
    ...emptyMethod(id, world.clock.now(), details),
    sepa_debit: {
      bank_code: iban.slice(4, 9),
      branch_code: '',
      country: iban.slice(0, 2),
      fingerprint: `fp${iban.slice(-8)}`,
      generated_from: { charge: null, setup_attempt: null },
      last4: iban.slice(-4),
    },
    type: 'sepa_debit',
  });
}

function emptyMethod(id: string, now: number, billing_details: BillingDetails) {
  return {
    id,
    object: 'payment_method' as const,
    allow_redisplay: 'unspecified' as const,
    billing_details,
    created: now,
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
  };
}

function cardFields(
  behaviour: CardBehaviour,
  exp_month: number,
  exp_year: number,
): Stripe.PaymentMethod.Card {
  return {
    brand: behaviour.brand,
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'unchecked' },
    country: 'US',
    display_brand: behaviour.brand === 'amex' ? 'american_express' : behaviour.brand,
    exp_month,
    exp_year,
    fingerprint: `fp${behaviour.number.slice(-10)}`,
    funding: behaviour.funding ?? 'credit',
    generated_from: null,
    last4: behaviour.number.slice(-4),
    networks: { available: [behaviour.brand], preferred: null },
    regulated_status: 'unregulated',
    three_d_secure_usage: { supported: true },
    wallet: null,
  };
}

/** The payment method with this id; `pm_card_…` and `tok_…` names make a new one, as in Stripe's test mode. */
export function resolvePaymentMethod(
  world: World,
  id: string,
  param = 'payment_method',
): PaymentMethodRecord {
  const known = paymentMethods(world).find(id);
  if (known) return known;
  const behaviour = behaviourOfAlias(id);
  if (!behaviour) throw noSuch('PaymentMethod', id, param);
  return createCard(world, { number: behaviour.number });
}

export function cardOf(world: World, id: string): CardBehaviour | undefined {
  const number = instruments(world).find(id)?.number;
  return number === undefined ? undefined : behaviourOf(number);
}

export function ibanOf(world: World, id: string): string | undefined {
  return instruments(world).find(id)?.iban;
}

/** Attaches to a customer; emits payment_method.attached. Cards that banks refuse cannot be attached. */
export function attachPaymentMethod(world: World, id: string, customer: string): PaymentMethodRecord {
  const method = resolvePaymentMethod(world, id);
  if (method.customer === customer) return method;
  if (method.customer !== null) {
    throw invalid(
      'The payment method you provided has already been attached to a customer.',
      'payment_method',
    );
  }
  const decline = cardOf(world, method.id)?.decline;
  if (decline) throw cardError({ ...decline });
  const attached = paymentMethods(world).patch(method.id, { customer, ...checkedCard(method) });
  world.journal.emit('payment_method.attached', attached);
  return attached;
}

/** A saved method pays only for its own customer. */
export function checkOwner({ id, customer }: PaymentMethodRecord, payer: string | null): void {
  if (customer === null || customer === payer) return;
  throw invalid(
    payer === null
      ? `The payment method ${id} belongs to the customer ${customer}. Name this customer in ` + '`customer`.'
      : `The payment method ${id} does not belong to the customer ${payer}.`,
    'payment_method',
  );
}

/** Attaching asks the bank, which finds the security code right. */
function checkedCard({ card }: PaymentMethodRecord): Pick<PaymentMethodRecord, 'card'> | object {
  if (!card) return {};
  const checks = { address_line1_check: null, address_postal_code_check: null, ...card.checks };
  return { card: { ...card, checks: { ...checks, cvc_check: 'pass' } } };
}

export function detachPaymentMethod(world: World, id: string): PaymentMethodRecord {
  const method = resolvePaymentMethod(world, id, 'id');
  if (method.customer === null) {
    throw invalid(
      'The payment method you provided is not attached to a customer so detachment is impossible.',
      'id',
    );
  }
  const detached = paymentMethods(world).patch(method.id, { customer: null });
  world.journal.emit('payment_method.detached', detached, { previous: { customer: method.customer } });
  return detached;
}
