import { randomUUID } from 'node:crypto';
import { RefundDecisionsService } from '../../../src/modules/payments';
import type { Scene } from '../scene';

const reason = 'a history asks for it';
const DAY = 86_400;

async function grant(scene: Scene, days: number | undefined): Promise<unknown> {
  const startsAt = scene.stage.app.sandbox.now();
  const endsAt = days === undefined ? undefined : startsAt + Math.round(days * DAY);
  const body = endsAt === undefined ? {} : { ends_at: new Date(endsAt * 1000).toISOString() };
  const answer = await scene.operate('/grants', { reason, ...body });
  const { id } = (answer.body['grant'] ?? {}) as { id?: string };
  if (id !== undefined) scene.grants.push({ id, endsAt });
  return answer.status;
}

async function revoke(scene: Scene): Promise<unknown> {
  const grant = scene.grants.pop();
  if (grant === undefined) return 'no grant';
  return (await scene.stage.operator.post(`/grants/${grant.id}/revoke`, { reason })).status;
}

async function refund(scene: Scene, amount?: number): Promise<unknown> {
  const invoice = await scene.newestPaidInvoice();
  if (invoice === undefined) return 'nothing paid';
  const body = { reason, invoice, ...(amount === undefined ? {} : { amount }) };
  return (await scene.operate('/refunds', body)).status;
}

async function decide(scene: Scene, kind: 'approve' | 'decline'): Promise<unknown> {
  const { stage, student } = scene;
  const decisions = stage.app.web.get(RefundDecisionsService, { strict: false });
  const request = (await decisions.list()).find(({ userId }) => userId === student.id);
  if (request === undefined) return 'no request';
  const decision = kind === 'approve' ? { kind } : { kind, reason };
  const by = { operatorId: stage.operator.id, httpRequestId: randomUUID() };
  return scene.attempt(decisions.decide({ requestId: request.id, decision, ...by }));
}

async function endNow(scene: Scene): Promise<unknown> {
  const subscription = await scene.liveSubscription();
  if (subscription === undefined) return 'no subscription';
  const body = { reason, when: 'now', subscription_id: subscription.id };
  return (await scene.operate('/cancel-subscription', body)).status;
}

export const OPERATOR_ACTS = {
  'is given access for 40 days': (scene: Scene) => grant(scene, 40.13),
  'is given access without end': (scene: Scene) => grant(scene, undefined),
  'loses the access that was given': revoke,
  'is refunded by an operator': (scene: Scene) => refund(scene),
  'is refunded a part by an operator': (scene: Scene) => refund(scene, 300),
  'has a refund request approved': (scene: Scene) => decide(scene, 'approve'),
  'has a refund request declined': (scene: Scene) => decide(scene, 'decline'),
  'is cancelled by an operator': async (scene: Scene) =>
    (await scene.operate('/cancel-subscription', { reason })).status,
  'is ended by an operator': endNow,
  'is resumed by an operator': async (scene: Scene) =>
    (await scene.operate('/resume-subscription', { reason })).status,
};
