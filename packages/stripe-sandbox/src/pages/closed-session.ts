import type { SessionRecord } from '../resources/checkout/session';
import { messagePage } from './message-view';

/** Where a payer who is done goes. */
export function successUrl(session: SessionRecord): string | undefined {
  return session.success_url?.replaceAll('{CHECKOUT_SESSION_ID}', session.id);
}

/** What a payer sees of a session that is not open. */
export function closedPage(session: SessionRecord | undefined): { status: number; text: string } {
  if (!session) {
    return {
      status: 404,
      text: messagePage({ title: 'Page not found', text: 'There is no such payment page.' }),
    };
  }
  if (session.status === 'complete') {
    const href = successUrl(session);
    const link = href ? { href, label: 'Continue' } : undefined;
    const text = 'Your order is complete. Nothing was charged a second time.';
    return { status: 200, text: messagePage({ title: "You're all done here", text, link }) };
  }
  const back = session.cancel_url ? { href: session.cancel_url, label: 'Go back' } : undefined;
  const text = 'This payment page has expired. Nothing was charged. Please go back and start again.';
  return { status: 410, text: messagePage({ title: 'This page has expired', text, link: back }) };
}
