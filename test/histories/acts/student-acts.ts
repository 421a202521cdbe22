import type { Scene } from '../scene';

async function changePlan(scene: Scene, plan: 'monthly' | 'yearly'): Promise<unknown> {
  const preview = await scene.post('/payments/plan-change/preview', { plan });
  if (preview.status !== 200) return preview.body['code'];
  const change = await scene.post('/payments/plan-change', { plan, quote_id: preview.body['quote_id'] });
  return change.body['status'] ?? change.body['code'];
}

/** Every open invoice with a new card, as on the hosted page. */
async function payWhatIsOwed(scene: Scene): Promise<unknown> {
  const customer = await scene.customer();
  if (customer === undefined) return 'no customer';
  const card = await scene.attach(customer, 'pm_card_visa');
  await scene.useCard(customer, card);
  const { stripe } = scene.stage.app;
  const open = await stripe.invoices.list({ customer, status: 'open' });
  for (const { id } of open.data) await scene.attempt(stripe.invoices.pay(id, { payment_method: card }));
  return open.data.length;
}

export const STUDENT_ACTS = {
  'opens a link and leaves': (scene: Scene) => scene.openLink({}),
  'cancels at the period end': (scene: Scene) => scene.tell('/payments/cancel-subscription'),
  'cancels now': (scene: Scene) => scene.tell('/payments/cancel-subscription', { when: 'now' }),
  resumes: (scene: Scene) => scene.tell('/payments/resume-subscription'),
  'changes to yearly': (scene: Scene) => changePlan(scene, 'yearly'),
  'changes to monthly': (scene: Scene) => changePlan(scene, 'monthly'),
  'requests a refund': (scene: Scene) => scene.tell('/payments/refund-requests', { reason: 'not for me' }),
  'pays what is owed': payWhatIsOwed,
};
