import { createHmac, randomBytes } from 'node:crypto';
import type { EventRequests, LoadPlan, PlainRequests } from './plan';

const ID_LENGTH = 24;
const EVENT_PLACEHOLDER = 'E'.repeat(ID_LENGTH);
const OBJECT_PLACEHOLDER = 'O'.repeat(ID_LENGTH);
const CUSTOMER_PLACEHOLDER = `cus_${'C'.repeat(ID_LENGTH)}`;
const SIGNATURE_LENGTH = 64;

/** Returns the bytes of the next request. */
export type NextRequest = () => Buffer;

export function prepareRequests({ requests, port }: LoadPlan): NextRequest {
  return requests.kind === 'events' ? prepareEvents(requests, port) : preparePlain(requests, port);
}

function preparePlain({ requests }: PlainRequests, port: number): NextRequest {
  const buffers = requests.map(({ path, headers }) =>
    Buffer.from(
      [
        `GET ${path} HTTP/1.1`,
        `host: 127.0.0.1:${port}`,
        ...Object.entries(headers).map(toLine),
        '',
        '',
      ].join('\r\n'),
    ),
  );
  let next = 0;
  return () => buffers[next++ % buffers.length] as Buffer;
}

/** Copies one request and writes new ids and the signature into it: 60,000 separate bodies would measure memory. */
function prepareEvents(plan: EventRequests, port: number): NextRequest {
  const timestamp = Math.floor(Date.now() / 1000);
  const body = Buffer.from(JSON.stringify(toEvent(plan, timestamp), null, 2));
  const head = Buffer.from(
    [
      `POST ${plan.path} HTTP/1.1`,
      `host: 127.0.0.1:${port}`,
      'content-type: application/json; charset=utf-8',
      `content-length: ${body.length}`,
      `stripe-signature: t=${timestamp},v1=${'s'.repeat(SIGNATURE_LENGTH)}`,
      '',
      '',
    ].join('\r\n'),
  );
  const template = Buffer.concat([head, body]);
  const offsetOf = (placeholder: string) => template.indexOf(placeholder);
  const idOffsets = [EVENT_PLACEHOLDER, OBJECT_PLACEHOLDER].map(offsetOf);
  const customerOffset = offsetOf(customerPlaceholder(plan));
  const signatureOffset = head.lastIndexOf('s'.repeat(SIGNATURE_LENGTH));
  const run = randomBytes(8).toString('hex');
  let next = 0;
  return () => {
    const request = Buffer.from(template);
    const id = run + (next++).toString(16).padStart(ID_LENGTH - run.length, '0');
    for (const offset of idOffsets) request.write(id, offset, 'latin1');
    const { customers } = plan;
    request.write(customers?.[next % customers.length] ?? `cus_${id}`, customerOffset, 'latin1');
    const signature = createHmac('sha256', plan.secret)
      .update(`${timestamp}.`)
      .update(request.subarray(head.length))
      .digest('hex');
    request.write(signature, signatureOffset, 'latin1');
    return request;
  };
}

const customerPlaceholder = ({ customers }: EventRequests): string =>
  CUSTOMER_PLACEHOLDER.slice(0, customers?.[0]?.length);

function toEvent(plan: EventRequests, created: number) {
  const { type, object } = plan;
  return {
    id: `evt_${EVENT_PLACEHOLDER}`,
    object: 'event',
    api_version: '2026-10-28.endive',
    created,
    data: { object: { ...object, id: `in_${OBJECT_PLACEHOLDER}`, customer: customerPlaceholder(plan) } },
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type,
  };
}

const toLine = ([name, value]: [string, string]) => `${name}: ${value}`;
