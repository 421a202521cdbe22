import type { Scene } from '../scene';

const newCard = (card: string) => async (scene: Scene) => {
  const customer = await scene.customer();
  if (customer === undefined) return 'no customer';
  return scene.useCard(customer, await scene.attach(customer, card));
};

const refund = (amount?: number) => async (scene: Scene) => {
  const charge = await scene.newestCharge();
  if (charge === undefined) return 'nothing paid';
  const part = amount === undefined ? {} : { amount };
  return scene.attempt(scene.stage.app.stripe.refunds.create({ charge, ...part }));
};

const decideDispute = (evidence: 'winning_evidence' | 'losing_evidence') => async (scene: Scene) => {
  const charge = await scene.disputedCharge();
  if (charge === undefined) return 'no dispute';
  const { data } = await scene.stage.app.stripe.disputes.list({ charge });
  const results = data.map(({ id }) =>
    scene.attempt(scene.stage.app.stripe.disputes.update(id, { evidence: { uncategorized_text: evidence } })),
  );
  return Promise.all(results);
};

export const BANK_ACTS = {
  'has a card that fails': newCard('pm_card_chargeCustomerFail'),
  'has a card that asks in renewals': newCard('pm_card_authenticationRequired'),
  'has a card that is disputed': newCard('pm_card_createDispute'),
  'has a good card again': newCard('pm_card_visa'),
  'is refunded in the dashboard': refund(),
  'is refunded a part in the dashboard': refund(250),
  'has a dispute won': decideDispute('winning_evidence'),
  'has a dispute lost': decideDispute('losing_evidence'),
};
