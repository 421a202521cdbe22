import { formatMoney } from '../billing/money';
import type { World } from '../core/world';
import type { InvoiceRecord } from '../resources/invoices/invoice';
import type { PortalSession } from '../resources/portal/session';
import { prices } from '../resources/prices/price';
import { amountRow, reductionRows } from './amount-rows';
import { html, page } from './html';
import { action, nameOf, priceText, shell } from './portal-view';
import { CHECKOUT_STYLES, PORTAL_STYLES } from './styles';

/** Asks before a plan is changed, with what it costs. */
export function confirmPage(
  world: World,
  session: PortalSession,
  wanted: { subscription: string; price: string; preview: InvoiceRecord },
): string {
  const { preview } = wanted;
  const price = prices(world).find(wanted.price);
  const isNow = preview.billing_reason === 'subscription_update';
  const lines = preview.lines.data.map(
    (line) =>
      html`<tr>
        <td>${line.description}</td>
        <td>${formatMoney(line.amount, line.currency)}</td>
      </tr>`,
  );
  const fields = { isMain: 'yes', act: 'change', subscription: wanted.subscription, price: wanted.price };
  const body = shell(
    session,
    html`<section class="box">
      <h3>Change to ${price ? `${nameOf(world, price)}, ${priceText(price)}` : 'another plan'}</h3>
      <table class="facts">
        ${lines} ${reductionRows(world, preview)}
        ${amountRow(isNow ? 'Due today' : 'On your next invoice', preview.amount_due, preview.currency)}
      </table>
      ${action(session, fields, 'Confirm')}
      <a href="/p/session/${session.id}?home=1">Keep my plan</a>
    </section>`,
  );
  return page('Confirm your change', CHECKOUT_STYLES + PORTAL_STYLES, body);
}
