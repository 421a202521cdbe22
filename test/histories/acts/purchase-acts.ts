import { DEBITS, type Scene } from '../scene';

/** Cards that do not simply pay, by what they do. */
const CARDS = {
  declined: '4000000000000002',
  failsLater: '4000000000000341',
  authenticates: '4000002760003184',
  authenticatesOnce: '4000002500003155',
  disputed: '4000000000000259',
  inquiredAbout: '4000000000001976',
  refundsLate: '4000000000007726',
  refundsFail: '4000000000005126',
} as const;

async function buy(
  scene: Scene,
  { card, body = {} }: { card?: string; body?: object } = {},
): Promise<string> {
  const link = await scene.openLink(body);
  return link === undefined ? 'no link' : scene.payByCard(link, card ?? scene.newCard());
}

async function buyByDebit(scene: Scene, iban: string): Promise<string> {
  const link = await scene.openLink({});
  return link === undefined ? 'no link' : scene.payByDebit(link, iban);
}

const withCard = (card: string) => (scene: Scene) => buy(scene, { card });

export const PURCHASE_ACTS = {
  'buys the monthly plan': (scene: Scene) => buy(scene),
  'buys the yearly plan': (scene: Scene) => buy(scene, { body: { plan: 'yearly' } }),
  'buys with a promotion code': (scene: Scene) =>
    buy(scene, { body: { promotion_code: scene.stage.promotions.part } }),
  'buys with a code that makes it free once': (scene: Scene) =>
    buy(scene, { body: { promotion_code: scene.stage.promotions.free } }),
  'buys with a card that is declined': withCard(CARDS.declined),
  'buys with a card that later fails': withCard(CARDS.failsLater),
  'buys with a card that asks each time': withCard(CARDS.authenticates),
  'buys with a card that asks once': withCard(CARDS.authenticatesOnce),
  'buys with a card whose payment is disputed': withCard(CARDS.disputed),
  'buys with a card whose bank inquires': withCard(CARDS.inquiredAbout),
  'buys with a card whose refunds are late': withCard(CARDS.refundsLate),
  'buys with a card whose refunds fail': withCard(CARDS.refundsFail),
  'buys by a bank debit that arrives': (scene: Scene) => buyByDebit(scene, DEBITS.arrives),
  'buys by a bank debit that is refused': (scene: Scene) => buyByDebit(scene, DEBITS.refused),
};
