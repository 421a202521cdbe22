import { createdFilter, paginate } from '../../http/pagination';
import { NOTHING } from '../../http/parameters';
import type { Resource } from '../../http/resource';
import type { Call } from '../../http/route';
import { fraudWarnings, getFraudWarning, startFraudWarnings } from './early-fraud-warning';
import * as accepts from './early-fraud-warning.parameters';

const BASE = '/radar/early_fraud_warnings';

export const fraudWarningResource: Resource = {
  routes: [
    { method: 'GET', path: BASE, accepts: accepts.LIST, handle: list },
    {
      method: 'GET',
      path: `${BASE}/:id`,
      accepts: NOTHING,
      handle: ({ world, part }) => getFraudWarning(world, part('id')),
    },
  ],
  start: startFraudWarnings,
};

function list({ world, input }: Call): object {
  const wanted = fraudWarnings(world)
    .newestFirst({ charge: input.text('charge'), payment_intent: input.text('payment_intent') })
    .filter(createdFilter(input));
  return paginate(wanted, input, `/v1${BASE}`);
}
