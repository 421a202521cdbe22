import { checkEmail, invalid, missingParam } from '../../core/errors';
import type { World } from '../../core/world';
import type { Input } from '../../http/input';
import { createdFilter, paginate, wholeList } from '../../http/pagination';
import type { Resource } from '../../http/resource';
import type { Call } from '../../http/route';
import { checkCustomerCurrency, findCustomer, getCustomer } from '../customers/customer';
import { type DiscountChoice, readDiscounts } from '../discounts/choice';
import { findPaymentOfIntent } from '../invoices/invoice-payment';
import { resolvePaymentMethod } from '../payment-methods/payment-method';
import { createPrice, getActivePrice } from '../prices/price';
import { readRecurring, readUnitAmount } from '../prices/price-input';
import { createProduct } from '../products/product';
import { readProduct } from '../products/product-input';
import { checkItems } from '../subscriptions/item-input';
import { NOTHING } from '../../http/parameters';
import { sessionAmounts, type SessionLine } from './amounts';
import { paySession } from './pay';
import { expireSession, getSession, lineItems, needsMethod, openSession, sessions } from './session';
import { readFields, readSecrets } from './session-input';
import { readTax } from './session-tax';
import { openSetup } from './setup';
import { startSettlement } from './settlement';
import * as accepts from './session.parameters';

export const checkoutResource: Resource = {
  routes: [
    { method: 'POST', path: '/checkout/sessions', accepts: accepts.CREATE, handle: create },
    { method: 'GET', path: '/checkout/sessions', accepts: accepts.LIST, handle: list },
    {
      method: 'GET',
      path: '/checkout/sessions/:id',
      accepts: NOTHING,
      handle: ({ world, part }) => getSession(world, part('id')),
    },
    { method: 'POST', path: '/checkout/sessions/:id', accepts: accepts.UPDATE, handle: update },
    { method: 'GET', path: '/checkout/sessions/:id/line_items', accepts: accepts.LINES, handle: listLines },
    {
      method: 'POST',
      path: '/checkout/sessions/:id/expire',
      accepts: accepts.EXPIRE,
      handle: ({ world, part }) => expireSession(world, part('id')),
    },
    {
      method: 'GET',
      path: '/payment_pages/:id',
      accepts: NOTHING,
      handle: ({ world, part }) => getSession(world, part('id')),
    },
    { method: 'POST', path: '/payment_pages/:id/confirm', accepts: accepts.CONFIRM_PAGE, handle: confirm },
  ],
  includables: {
    'checkout.session.line_items': (world, owner) =>
      wholeList(
        lineItems(world, String(owner['id'])),
        `/v1/checkout/sessions/${String(owner['id'])}/line_items`,
      ),
  },
  start: startSettlement,
};

function create({ world, input }: Call): object {
  const mode = input.choice('mode', ['payment', 'subscription', 'setup'] as const);
  if (!mode) throw missingParam('mode');
  const customer = readCustomer(world, input);
  if (mode === 'setup') return openSetup(world, input, customer);
  const lines = input.maps('line_items').map((entry) => readLine(world, entry));
  if (lines.length === 0) throw missingParam('line_items');
  checkLines(world, lines, { mode, customer });
  if (!input.text('success_url')) throw missingParam('success_url');
  return openSession(world, {
    mode,
    lines,
    customer,
    customer_email: input.text('customer_email') ?? null,
    fields: { ...readFields(world, input), ...readTax(world, input, customer) },
    secrets: { ...readSecrets(world, input), choices: readChoices(world, input, { customer, lines }) },
  });
}

function readCustomer(world: World, input: Input): string | null {
  const customer = input.text('customer') ?? null;
  const email = input.text('customer_email');
  if (customer !== null && email !== undefined) {
    throw invalid('You may only specify one of these parameters: customer, customer_email.', 'customer');
  }
  if (email !== undefined) checkEmail(email, 'customer_email');
  if (input.has('customer_update') && customer === null) {
    throw invalid('`customer_update` can only be used with `customer`.', 'customer_update');
  }
  if (customer !== null) getCustomer(world, customer, 'customer');
  return customer;
}

function checkLines(
  world: World,
  lines: readonly SessionLine[],
  { mode, customer }: { mode: 'payment' | 'subscription'; customer: string | null },
): void {
  const isRecurring = lines.some((line) => line.price.recurring);
  if (mode === 'payment' && isRecurring) {
    throw invalid(
      'You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.',
      'mode',
    );
  }
  if (mode === 'payment') return;
  if (!isRecurring) {
    throw invalid('You must provide at least one recurring price in `subscription` mode.', 'line_items');
  }
  checkItems(lines);
  const findOrCreateCustomer = findCustomer(world, customer);
  if (findOrCreateCustomer)
    checkCustomerCurrency(findOrCreateCustomer, lines[0]?.price.currency ?? '', 'line_items');
}

function readChoices(
  world: World,
  input: Input,
  { customer, lines }: { customer: string | null; lines: readonly SessionLine[] },
): DiscountChoice[] {
  const { subtotal } = sessionAmounts(world, lines, []);
  const currency = lines[0]?.price.currency ?? 'usd';
  const choices = readDiscounts(world, input, { customer, amount: subtotal, currency }) ?? [];
  if (choices.length > 0 && input.has('allow_promotion_codes')) {
    throw invalid(
      'You may only specify one of these parameters: allow_promotion_codes, discounts.',
      'allow_promotion_codes',
    );
  }
  if (choices.length > 1) throw invalid('You may only specify one discount.', 'discounts');
  return choices;
}

function readLine(world: World, entry: Input): SessionLine {
  const quantity = entry.integer('quantity') ?? 1;
  if (!entry.has('price_data')) {
    return { price: getActivePrice(world, entry.requiredText('price'), entry.path('price')), quantity };
  }
  const data = entry.map('price_data');
  const product = data.text('product') ?? createProduct(world, readProduct(data.map('product_data'))).id;
  const price = createPrice(world, {
    product,
    currency: data.requiredText('currency'),
    unit_amount: readUnitAmount(data),
    recurring: readRecurring(data),
    active: false,
  });
  return { price, quantity };
}

function list({ world, input }: Call): object {
  const customer = input.text('customer');
  const subscription = input.text('subscription');
  const status = input.text('status');
  const intent = input.text('payment_intent');
  const invoice = intent === undefined ? undefined : invoiceOfIntent(world, intent);
  const isInRange = createdFilter(input);
  const wanted = sessions(world)
    .newestFirst({ customer, subscription })
    .filter((session) => (!status || session.status === status) && isInRange(session))
    .filter(
      ({ payment_intent, invoice: bill }) =>
        !intent || payment_intent === intent || (bill !== null && bill === invoice),
    );
  return paginate(wanted, input, '/v1/checkout/sessions');
}

function invoiceOfIntent(world: World, intent: string): string | undefined {
  return findPaymentOfIntent(world, intent)?.invoice;
}

function update({ world, input, part }: Call): object {
  const session = getSession(world, part('id'));
  return sessions(world).patch(session.id, { metadata: input.metadata(session.metadata ?? {}) });
}

function listLines({ world, input, part }: Call): object {
  const items = lineItems(world, part('id')) as Array<{ id: string }>;
  return paginate(items, input, `/v1/checkout/sessions/${part('id')}/line_items`);
}

function confirm({ world, input, part }: Call): object {
  const session = getSession(world, part('id'));
  const expected = input.integer('expected_amount');
  if (expected !== undefined && expected !== session.amount_total) {
    throw invalid('The amount to be charged has changed.', 'expected_amount', 'checkout_amount_mismatch');
  }
  const wanted = needsMethod(session) ? input.requiredText('payment_method') : input.text('payment_method');
  const method = wanted === undefined ? undefined : resolvePaymentMethod(world, wanted);
  const { email = null, name = null, address } = method?.billing_details ?? {};
  const payer = { email, name, country: address?.country ?? null };
  paySession(world, session.id, { method, payer });
  return getSession(world, session.id);
}
