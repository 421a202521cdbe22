import type { World } from '../../core/world';
import { NO_ADDRESS } from '../customers/address';
import { getCustomer } from '../customers/customer';
import { secretsOf, type SessionRecord, sessions } from './session';

/** The result of a payment attempt. */
export type PayResult = { kind: 'complete' } | { kind: 'authenticate'; intent: string };

/** The session fields that a purchase sets. */
export type PurchaseResult = Pick<
  SessionRecord,
  'subscription' | 'invoice' | 'payment_intent' | 'payment_status'
>;

/** Closes a paid session; emits checkout.session.completed. */
export function complete(
  world: World,
  session: SessionRecord,
  bought: PurchaseResult & { customer: string | null },
): void {
  const { payer } = secretsOf(world, session.id);
  const customer = bought.customer === null ? undefined : getCustomer(world, bought.customer);
  const name = payer?.name ?? customer?.name ?? null;
  const completed = sessions(world).patch(session.id, {
    ...bought,
    status: 'complete',
    url: null,
    customer_details: {
      address: { ...NO_ADDRESS, country: payer?.country ?? null },
      business_name: null,
      email: payer?.email ?? customer?.email ?? session.customer_email,
      individual_name: null,
      name,
      phone: null,
      tax_exempt: 'none',
      tax_ids: [],
    },
  });
  world.journal.emit('checkout.session.completed', completed);
}
