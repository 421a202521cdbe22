import { Findings, type Finding } from 'src/common/domain/finding';
import { HANDLED_EVENT_TYPES } from './event-types';
import { STRIPE_API_VERSION } from './stripe-client';
import { addressOf } from './stripe-endpoint-setup';
import type { EndpointFacts, PriceFacts, StripeSetup } from './stripe-setup.reader';

/** Signatures are valid for 300 s in both directions. */
const SIGNATURE_TOLERANCE_MS = 300_000;
const NOTICEABLE_SKEW_MS = 30_000;
const WEBHOOK_PATH = '/api/v1/payments/webhook';

export const webhookUrlOf = (publicUrl: string): string => `${publicUrl}${WEBHOOK_PATH}`;

export interface StripeExpectations {
  readonly webhookUrl: string;
  readonly production: boolean;
}

/** What is wrong with the setup at Stripe. The checks are named `Stripe prices`, `Stripe webhook` and `Clock`. */
export function judgeStripe(setup: StripeSetup, expected: StripeExpectations): Finding[] {
  return [
    ...judgePrices(setup),
    ...judgeEndpoint(setup, expected),
    ...judgePortal(setup),
    ...judgeClock(setup),
  ];
}

function judgePrices({ monthly, yearly }: StripeSetup): Finding[] {
  const found = new Findings('Stripe prices');
  judgePrice(found, monthly, { name: 'STRIPE_PREMIUM_PRICE_ID', interval: 'month' });
  if (yearly !== 'not_configured') {
    judgePrice(found, yearly, { name: 'STRIPE_PREMIUM_YEARLY_PRICE_ID', interval: 'year' });
    if (monthly !== 'missing' && yearly !== 'missing') judgePair(found, monthly, yearly);
  }
  return found.done(
    yearly === 'not_configured' ? 'monthly plan for sale' : 'monthly and yearly plan for sale',
  );
}

function judgePrice(
  found: Findings,
  price: PriceFacts | 'missing',
  { name, interval }: { name: string; interval: string },
): void {
  if (price === 'missing')
    return found.error(
      `${name}: the account has no such price`,
      'copy the price id from the same account and the same mode (test or live) as STRIPE_SECRET_KEY',
    );
  if (!price.active)
    found.error(`${name}: the price is archived`, 'activate the price, or configure another one');
  if (!price.productActive)
    found.error(`${name}: the product of the price is archived`, 'activate the product in the dashboard');
  if (!price.hasFixedAmount)
    found.error(`${name}: the price has no fixed amount`, 'create a price with one amount per unit');
  if (price.interval !== interval || price.intervalCount !== 1)
    found.error(
      `${name}: the price does not recur every ${interval}`,
      `create a price that recurs every ${interval}, and configure its id`,
    );
}

function judgePair(found: Findings, monthly: PriceFacts, yearly: PriceFacts): void {
  if (monthly.id === yearly.id)
    found.error('both plans have the same price id', 'configure a yearly price, or remove its variable');
  if (monthly.currency !== yearly.currency)
    found.error(
      `the plans have different currencies (${monthly.currency}, ${yearly.currency})`,
      'create both prices in one currency',
    );
  if (monthly.productId !== yearly.productId)
    found.error('the plans belong to different products', 'create both prices on one product');
}

function judgeEndpoint(
  { endpoints }: StripeSetup,
  { webhookUrl, production }: StripeExpectations,
): Finding[] {
  const found = new Findings('Stripe webhook');
  if (endpoints === undefined) {
    found.warning(
      'the key may not list webhook endpoints',
      'give the restricted key read access to webhook endpoints',
    );
    return found.done('');
  }
  const ours = endpoints.filter(({ url }) => addressOf(url) === webhookUrl);
  const [endpoint] = ours;
  if (endpoint === undefined) {
    const text = `no endpoint delivers to ${webhookUrl}`;
    if (production) found.error(text, 'run npm run stripe:setup, which creates the endpoint');
    else found.warning(text, 'forward events with stripe listen, as README.md explains');
    return found.done('');
  }
  if (ours.length > 1)
    found.warning(`${ours.length} endpoints deliver to ${webhookUrl}`, 'delete all but one of them');
  judgeDelivery(found, endpoint);
  return found.done('delivers every handled event');
}

function judgeDelivery(found: Findings, endpoint: EndpointFacts): void {
  if (!endpoint.enabled) found.error('the endpoint is disabled', 'enable it in the dashboard');
  if (endpoint.apiVersion !== STRIPE_API_VERSION)
    found.error(
      `the endpoint uses API version ${endpoint.apiVersion ?? 'of the account'}`,
      `create an endpoint with version ${STRIPE_API_VERSION}; the version of an endpoint cannot be changed`,
    );
  const missing = [...HANDLED_EVENT_TYPES].filter((type) => !endpoint.events.includes(type));
  if (missing.length > 0 && !endpoint.events.includes('*'))
    found.error(`the endpoint does not send ${missing.join(', ')}`, 'add these events to the endpoint');
}

function judgePortal({ portal }: StripeSetup): Finding[] {
  const found = new Findings('Stripe portal');
  const fix = 'run npm run stripe:setup, and configure the id that it prints';
  if (portal === 'not_configured')
    found.warning(
      'STRIPE_PORTAL_CONFIGURATION_ID is not set: the default of the account decides what it allows',
      fix,
    );
  else if (portal === 'missing')
    found.error('STRIPE_PORTAL_CONFIGURATION_ID: the account has no such configuration', fix);
  else if (portal === 'unreadable')
    found.warning('the key may not read it', 'give the restricted key read access to the customer portal');
  else {
    if (!portal.active) found.error('the configuration is not active', fix);
    if (!portal.updatesCard) found.error('students cannot update their card', fix);
    if (portal.changesEmail)
      found.warning('students can change their email address there, and not here', fix);
    if (portal.changesPlan) found.warning('students can change the plan without a quote', fix);
    if (portal.pauses) found.warning('students can pause their subscription', fix);
  }
  return found.done('updates cards, and changes neither email nor plan');
}

function judgeClock({ clockSkewMs = 0 }: StripeSetup): Finding[] {
  const found = new Findings('Clock');
  const seconds = Math.round(clockSkewMs / 1000);
  const fix = 'synchronise the clock of this machine with NTP';
  if (Math.abs(clockSkewMs) > SIGNATURE_TOLERANCE_MS)
    found.error(`differs from Stripe's by ${seconds} s: every webhook signature is refused`, fix);
  else if (Math.abs(clockSkewMs) > NOTICEABLE_SKEW_MS)
    found.warning(`differs from Stripe's by ${seconds} s`, fix);
  return found.done("agrees with Stripe's");
}
