import { createdFilter, paginate } from '../../http/pagination';
import { NOTHING } from '../../http/parameters';
import type { Room } from '../../http/room';
import type { Call } from '../../http/route';
import { fraudWarnings, getFraudWarning, startFraudWarnings } from './early-fraud-warning';
import * as accepts from './early-fraud-warning.parameters';

const BASE = '/radar/early_fraud_warnings';

export const fraudWarningRoom: Room = {
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
