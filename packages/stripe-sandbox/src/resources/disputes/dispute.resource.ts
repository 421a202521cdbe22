import type { Input } from '../../http/input';
import { createdFilter, paginate } from '../../http/pagination';
import type { Resource } from '../../http/resource';
import type { Call } from '../../http/route';
import { NOTHING } from '../../http/parameters';
import { closeDispute, disputes, getDispute, startDisputes, submitEvidence, updateDispute } from './dispute';
import type { DisputeRecord } from './dispute.record';
import * as accepts from './dispute.parameters';

export const disputeResource: Resource = {
  routes: [
    { method: 'GET', path: '/disputes', accepts: accepts.LIST, handle: list },
    {
      method: 'GET',
      path: '/disputes/:id',
      accepts: NOTHING,
      handle: ({ world, part }) => getDispute(world, part('id')),
    },
    { method: 'POST', path: '/disputes/:id', accepts: accepts.UPDATE, handle: update },
    {
      method: 'POST',
      path: '/disputes/:id/close',
      accepts: accepts.CLOSE,
      handle: ({ world, part }) => closeDispute(world, part('id'), 'lost'),
    },
  ],
  start: startDisputes,
};

function list({ world, input }: Call): object {
  const wanted = disputes(world)
    .newestFirst({ charge: input.text('charge'), payment_intent: input.text('payment_intent') })
    .filter(createdFilter(input));
  return paginate(wanted, input, '/v1/disputes');
}

/** Evidence is handed in unless `submit` is false. */
function update({ world, input, part }: Call): object {
  const before = getDispute(world, part('id'));
  const evidence = { ...before.evidence, ...readEvidence(input, before) };
  const metadata = input.metadata(before.metadata);
  const staged = updateDispute(world, before.id, { evidence, metadata });
  if (!input.has('evidence') || input.flag('submit') === false) return staged;
  return submitEvidence(world, before.id, evidence.uncategorized_text);
}

function readEvidence(input: Input, before: DisputeRecord): Partial<DisputeRecord['evidence']> {
  const evidence = input.map('evidence');
  const texts = evidence.names().filter((name) => name in before.evidence && !evidence.isMap(name));
  return Object.fromEntries(texts.map((name) => [name, evidence.text(name) ?? null]));
}
