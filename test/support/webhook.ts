import { randomBytes } from 'node:crypto';
import Stripe from 'stripe';
import { WEBHOOK_SECRET } from './config';
import { call, type Answer } from './http';

export interface EventToSend {
  readonly id?: string;
  readonly type: string;
  readonly object: Readonly<Record<string, unknown>>;
  readonly created?: number;
  readonly livemode?: boolean;
}

const now = () => Math.floor(Date.now() / 1000);

/** An event body as Stripe prints it. What it claims is ours to choose: the backend must not believe it. */
export function eventBody({ id, type, object, created = now(), livemode = false }: EventToSend): string {
  const event = {
    id: id ?? `evt_${randomBytes(12).toString('hex')}`,
    object: 'event',
    api_version: '2026-10-28.endive',
    created,
    data: { object },
    livemode,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type,
  };
  return JSON.stringify(event, null, 2);
}

const signer = new Stripe('sk_test_signer').webhooks;

export function signatureOf(body: string, { secret = WEBHOOK_SECRET, timestamp = now() } = {}): string {
  return signer.generateTestHeaderString({ payload: body, secret, timestamp });
}

/** Delivers a body with this signature header, by default the right one. */
export function deliver(apiUrl: string, body: string, signature = signatureOf(body)): Promise<Answer> {
  return call('POST', `${apiUrl}/api/v1/payments/webhook`, {
    body,
    headers: signature === '' ? {} : { 'stripe-signature': signature },
  });
}
