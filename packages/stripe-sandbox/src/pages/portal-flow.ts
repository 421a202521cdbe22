import type { World } from '../core/world';
import { previewPlan } from '../resources/portal/actions';
import type { PortalSession } from '../resources/portal/session';
import { getSubscription } from '../resources/subscriptions/subscription';
import type { CardForm, FieldErrors } from './card-form';
import { type Html, html, page } from './html';
import { messagePage } from './message-view';
import { confirmPage } from './portal-confirm';
import { action, methodBox, offerActions, planText, shell } from './portal-view';
import { CHECKOUT_STYLES, PORTAL_STYLES } from './styles';

export interface FlowView {
  session: PortalSession;
  form?: CardForm;
  errors?: FieldErrors;
}

/** The page of the one thing a session was opened for; undefined when it was opened for everything. */
export function flowPage(world: World, view: FlowView): string | undefined {
  const { flow } = view.session;
  if (!flow) return undefined;
  const confirm = flow.subscription_update_confirm;
  const price = confirm?.items[0]?.price;
  if (confirm && price) {
    const to = { id: confirm.subscription, price };
    const preview = previewPlan(world, view.session, to);
    return confirmPage(world, view.session, { subscription: to.id, price, preview });
  }
  const content = contentOf(world, view);
  return content && page('Billing', CHECKOUT_STYLES + PORTAL_STYLES, shell(view.session, content));
}

function contentOf(world: World, view: FlowView): Html | undefined {
  const { session, errors = {} } = view;
  const flow = session.flow;
  const banner = errors.form ? html`<p class="banner" role="alert">${errors.form}</p>` : html``;
  if (flow?.type === 'payment_method_update')
    return html`${banner}
      <h2>Update your card</h2>
      ${methodBox(world, { ...view, isOpen: true })}`;
  const about = flow?.subscription_cancel ?? flow?.subscription_update;
  if (!about) return undefined;
  const subscription = getSubscription(world, about.subscription);
  const isCancel = flow?.type === 'subscription_cancel';
  return html`${banner}
    <h2>${isCancel ? 'Cancel your plan' : 'Change your plan'}</h2>
    <section class="box">
      ${planText(world, subscription)}
      ${
        isCancel
          ? action(session, { act: 'cancel', subscription: subscription.id, isMain: 'yes' }, 'Cancel plan')
          : offerActions(world, session, subscription)
      }
      <a href="/p/session/${session.id}?home=1">Keep my plan</a>
    </section>`;
}

/** Where a customer goes after what the session was opened for is done. */
export function afterAction({ id, flow }: PortalSession): string {
  const end = flow?.after_completion;
  if (end?.redirect) return end.redirect.return_url;
  if (end?.hosted_confirmation) return `/p/session/${id}?done=1`;
  return flow ? `/p/session/${id}?home=1` : `/p/session/${id}`;
}

export function donePage({ flow }: PortalSession): string {
  const text = flow?.after_completion.hosted_confirmation?.custom_message ?? 'Your change is made.';
  return messagePage({ title: 'Done', text });
}
