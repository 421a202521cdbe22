import type Stripe from 'stripe';
import { newId } from '../../core/random';
import { defineCollection } from '../../core/store';
import type { World } from '../../core/world';

export type PortalSession = Omit<Stripe.BillingPortal.Session, 'configuration'> & { configuration: string };

export const portalSessions = defineCollection<PortalSession>('billing_portal_sessions');

/** Opens the portal for a customer; emits billing_portal.session.created. */
export function createPortalSession(
  world: World,
  wanted: Pick<PortalSession, 'configuration' | 'customer' | 'flow' | 'locale' | 'return_url'>,
): PortalSession {
  const id = newId('bps', 24);
  const session = portalSessions(world).put({
    id,
    object: 'billing_portal.session',
    created: world.clock.now(),
    customer_account: null,
    livemode: false,
    on_behalf_of: null,
    url: `${world.settings.publicUrl}/p/session/${id}`,
    ...wanted,
  });
  world.journal.emit('billing_portal.session.created', session);
  return session;
}
