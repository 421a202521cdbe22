import type Stripe from 'stripe';
import type { StripeConfig } from 'src/config/app-config';
import { createStripeClient } from './stripe-client';
import { setUpEndpoint, type EndpointSetup } from './stripe-endpoint-setup';

export interface AccountPlan {
  readonly productName: string;
  readonly currency: string;
  readonly monthlyMinor: number;
  readonly yearlyMinor: number;
  readonly taxBehavior: 'inclusive' | 'exclusive' | 'unspecified';
  /** Without a trailing slash. */
  readonly publicUrl: string;
}

export interface AccountSetup {
  readonly monthlyPriceId: string;
  readonly yearlyPriceId: string;
  readonly portalConfigurationId: string;
  readonly endpoint: EndpointSetup;
}

const PRODUCT_ID = 'course_companion_premium';
const MARK = { course_companion: 'portal' };

/**
 * Makes what this backend needs in an account, and changes what differs. Repeating it changes nothing: the product has a
 * fixed id, prices are found by lookup key, the portal configuration by its mark, the endpoint by address and version.
 * Throws the errors of the SDK.
 */
export async function setUpStripeAccount(
  config: Pick<StripeConfig, 'secretKey' | 'apiBase'>,
  plan: AccountPlan,
): Promise<AccountSetup> {
  const stripe = createStripeClient(config);
  const product = await setUpProduct(stripe, plan);
  return {
    monthlyPriceId: await setUpPrice(stripe, { product, plan, interval: 'month' }),
    yearlyPriceId: await setUpPrice(stripe, { product, plan, interval: 'year' }),
    portalConfigurationId: await setUpPortal(stripe, plan),
    endpoint: await setUpEndpoint(stripe, plan.publicUrl),
  };
}

async function setUpProduct(stripe: Stripe, { productName: name }: AccountPlan): Promise<string> {
  const { data } = await stripe.products.list({ ids: [PRODUCT_ID] });
  const [found] = data;
  if (found === undefined) {
    await stripe.products.create({ id: PRODUCT_ID, name });
  } else if (!found.active || found.name !== name) {
    await stripe.products.update(PRODUCT_ID, { active: true, name });
  }
  return PRODUCT_ID;
}

interface WantedPrice {
  readonly product: string;
  readonly plan: AccountPlan;
  readonly interval: 'month' | 'year';
}

/** A price never changes its amount: another amount is another price, which takes over the lookup key. */
async function setUpPrice(stripe: Stripe, { product, plan, interval }: WantedPrice): Promise<string> {
  const lookupKey = `course_companion_${interval}`;
  const { data } = await stripe.prices.list({ lookup_keys: [lookupKey], active: true });
  const wanted = {
    product,
    currency: plan.currency,
    unit_amount: interval === 'month' ? plan.monthlyMinor : plan.yearlyMinor,
    tax_behavior: plan.taxBehavior,
  };
  const found = data.find((price) => isSame(price, wanted));
  if (found !== undefined) return found.id;
  const created = await stripe.prices.create({
    ...wanted,
    recurring: { interval },
    lookup_key: lookupKey,
    transfer_lookup_key: true,
  });
  return created.id;
}

function isSame(price: Stripe.Price, wanted: Readonly<Record<string, string | number>>): boolean {
  const { product, currency, unit_amount, tax_behavior } = price;
  const actual = { product, currency, unit_amount, tax_behavior };
  return Object.entries(actual).every(([name, value]) => wanted[name] === value);
}

/** The portal of this backend: no change of email or plan, no pause. Those are made here, where their rules are. */
async function setUpPortal(stripe: Stripe, { publicUrl }: AccountPlan): Promise<string> {
  const configurations = await stripe.billingPortal.configurations
    .list({ active: true, limit: 100 })
    .autoPagingToArray({ limit: 1000 });
  const found = configurations.find(({ metadata }) => metadata?.['course_companion'] === 'portal');
  const wanted = {
    default_return_url: `${publicUrl}/account`,
    business_profile: {
      privacy_policy_url: `${publicUrl}/privacy`,
      terms_of_service_url: `${publicUrl}/terms`,
    },
    features: {
      customer_update: { enabled: true, allowed_updates: ['address', 'name', 'tax_id'] },
      invoice_history: { enabled: true },
      payment_method_update: { enabled: true },
      subscription_cancel: { enabled: true, mode: 'at_period_end' },
      subscription_update: { enabled: false },
      subscription_pause: { enabled: false },
    },
    metadata: MARK,
  } satisfies Stripe.BillingPortal.ConfigurationCreateParams;
  const { id } =
    found === undefined
      ? await stripe.billingPortal.configurations.create(wanted)
      : await stripe.billingPortal.configurations.update(found.id, wanted);
  return id;
}
