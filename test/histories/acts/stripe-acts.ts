import type Stripe from 'stripe';
import { MONTHLY_PRICE } from '../../support/config';
import type { Scene } from '../scene';

type Change = (scene: Scene, subscription: Stripe.Subscription) => Promise<unknown>;

/** What somebody does in the dashboard to the subscription that is live. */
const onLive = (change: Change) => async (scene: Scene) => {
  const subscription = await scene.liveSubscription();
  return subscription === undefined ? 'no subscription' : scene.attempt(change(scene, subscription));
};

const update = (params: Stripe.SubscriptionUpdateParams) =>
  onLive((scene, { id }) => scene.stage.app.stripe.subscriptions.update(id, params));

/** As the portal does for flexible billing: the date is set, and the flag stays false. */
const cancelInPortal = onLive((scene, { id, items }) =>
  scene.stage.app.stripe.subscriptions.update(id, {
    cancel_at: Math.max(...items.data.map(({ current_period_end: end }) => end)),
  }),
);

const onOpenInvoice = (change: (scene: Scene, id: string) => Promise<unknown>) => async (scene: Scene) => {
  const customer = await scene.customer();
  if (customer === undefined) return 'no customer';
  const open = await scene.stage.app.stripe.invoices.list({ customer, status: 'open', limit: 1 });
  const [invoice] = open.data;
  return invoice === undefined ? 'nothing open' : scene.attempt(change(scene, invoice.id));
};

async function subscribe(scene: Scene): Promise<unknown> {
  const customer = await scene.customer();
  if (customer === undefined) return 'no customer';
  const card = await scene.attach(customer, 'pm_card_visa');
  return scene.attempt(
    scene.stage.app.stripe.subscriptions.create({
      customer,
      items: [{ price: MONTHLY_PRICE }],
      default_payment_method: card,
    }),
  );
}

export const STRIPE_ACTS = {
  'is ended in the dashboard': onLive((scene, { id }) => scene.stage.app.stripe.subscriptions.cancel(id)),
  'is cancelled in the dashboard': update({ cancel_at_period_end: true }),
  'is cancelled in the portal': cancelInPortal,
  'is resumed in the dashboard': update({ cancel_at_period_end: false }),
  'has collection paused': update({ pause_collection: { behavior: 'keep_as_draft' } }),
  'has collection paused, and invoices voided': update({ pause_collection: { behavior: 'void' } }),
  'has collection paused, and invoices written off': update({
    pause_collection: { behavior: 'mark_uncollectible' },
  }),
  'has collection going again': update({ pause_collection: '' }),
  'has an open invoice voided': onOpenInvoice((scene, id) => scene.stage.app.stripe.invoices.voidInvoice(id)),
  'has an open invoice written off': onOpenInvoice((scene, id) =>
    scene.stage.app.stripe.invoices.markUncollectible(id),
  ),
  'is subscribed in the dashboard': subscribe,
};
