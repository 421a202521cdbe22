import { noSuch } from '../../core/errors';
import { NOTHING, PAGE, parameters, RANGE } from '../../http/parameters';
import { paginate } from '../../http/pagination';
import type { Resource } from '../../http/resource';
import type { Route } from '../../http/route';
import { refusal } from './refusal';

const TAX_IDS = parameters({ type: 'Stripe.TaxIdListParams', used: PAGE, ignored: 'owner' });
const TAX_RATES = parameters({
  type: 'Stripe.TaxRateListParams',
  used: PAGE,
  ignored: 'active inclusive',
  nested: { created: RANGE },
});
const FEATURES = parameters({
  type: 'Stripe.Entitlements.FeatureListParams',
  used: PAGE,
  ignored: 'archived lookup_key',
});
const NEW_TAX_ID = parameters({ type: 'Stripe.TaxIdCreateParams', unsupported: 'owner type value' });
const NEW_TAX_RATE = parameters({
  type: 'Stripe.TaxRateCreateParams',
  unsupported: `
    active country description display_name inclusive jurisdiction metadata percentage state tax_type
  `,
});
const NEW_FEATURE = parameters({
  type: 'Stripe.Entitlements.FeatureCreateParams',
  unsupported: 'lookup_key metadata name',
});

/** A kind of which there is never any: its list is empty, and none can be created. */
function never(
  path: string,
  kind: string,
  [list, create]: readonly [Route['accepts'], Route['accepts']],
): Route[] {
  return [
    { method: 'GET', path, accepts: list, handle: ({ input }) => paginate([], input, `/v1${path}`) },
    { method: 'POST', path, accepts: create, handle: refusal(`POST /v1${path}`) },
    { method: 'GET', path: `${path}/:id`, accepts: NOTHING, handle: absent(kind) },
  ];
}

function absent(kind: string): Route['handle'] {
  return ({ part }) => {
    throw noSuch(kind, part('id'));
  };
}

/** What a copy of the whole account asks for although the sandbox has no taxes and no entitlements. */
export const unsupportedResource: Resource = {
  routes: [
    ...never('/tax_ids', 'tax_id', [TAX_IDS, NEW_TAX_ID]),
    ...never('/tax_rates', 'tax_rate', [TAX_RATES, NEW_TAX_RATE]),
    ...never('/entitlements/features', 'feature', [FEATURES, NEW_FEATURE]),
  ],
};
