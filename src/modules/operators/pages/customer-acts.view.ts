import { html, type Html } from 'src/common/http/html';
import type { Case } from 'src/modules/operators/case.service';
import { actForm, card, moment } from './ops-parts';

/** The acts that an operator has for this customer. Each is an operation of the API as well. */
export function actsCard(opened: Case): Html {
  const base = `/ops/customers/${opened.user.id}`;
  return card('Acts', [syncForm(base), grantForm(base, opened), ...revokeForms(base, opened)]);
}

const syncForm = (base: string): Html =>
  actForm({
    action: `${base}/sync`,
    name: 'Sync with Stripe',
    submit: 'Sync now',
    text: 'Fetches the current state from Stripe and derives access again. Safe to repeat.',
  });

function grantForm(base: string, { access }: Case): Html {
  const pays = access.granted && access.subscriptionId !== null;
  return actForm({
    action: `${base}/grants`,
    name: 'Grant access',
    submit: 'Grant access',
    text: 'Complimentary access from now on, without a subscription.',
    fields: html`<label>Until (UTC day, empty for no end)<input type="date" name="ends_on" /></label>`,
    confirm: pays ? 'This customer has access by paying. Grant anyway.' : undefined,
  });
}

function revokeForms(base: string, { facts: { grants }, decidedAt }: Case): Html[] {
  const running = grants.filter(
    ({ revokedAt, endsAt }) => revokedAt === null && (endsAt === null || endsAt > decidedAt),
  );
  return running.map((grant) =>
    actForm({
      action: `${base}/grants/${grant.id}/revoke`,
      name: `Revoke the grant of ${moment(grant.startsAt)}`,
      submit: 'Revoke grant',
      text: 'Takes effect with the next request of the customer.',
      danger: true,
    }),
  );
}
