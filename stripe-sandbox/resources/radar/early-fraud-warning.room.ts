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
  const charge = input.text('charge');
  const intent = input.text('payment_intent');
  const wanted = fraudWarnings(world)
    .newestFirst()
    .filter(
      (warning) => (!charge || warning.charge === charge) && (!intent || warning.payment_intent === intent),
    )
    .filter(createdFilter(input));
  return paginate(wanted, input, `/v1${BASE}`);
}
