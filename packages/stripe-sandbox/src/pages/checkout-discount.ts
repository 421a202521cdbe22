import { formatMoney } from '../billing/money';
import type { World } from '../core/world';
import { termsOf } from '../resources/coupons/coupon';
import { getPromotionCode } from '../resources/coupons/promotion-code';
import { secretsOf, type SessionRecord } from '../resources/checkout/session';
import type { DiscountChoice } from '../resources/discounts/choice';
import type { CheckoutView } from './checkout-state';
import { type Html, html } from './html';

/** Discount and promotion code in the summary of an order. */
export function discountRows(world: World, view: CheckoutView): Html {
  const { session } = view;
  const [choice] = secretsOf(world, session.id).choices;
  if (!choice) return session.allow_promotion_codes ? codeForm(view) : html``;
  const off = session.total_details?.amount_discount ?? 0;
  return html`<p class="total discount">
      <span>${nameOf(world, choice)} <small>${termsText(world, choice)}</small></span
      ><span>−${formatMoney(off, session.currency ?? 'usd')}</span>
    </p>
    ${choice.promotion_code === null ? null : removeForm(session.id)}`;
}

function codeForm({ session, form, errors }: CheckoutView): Html {
  const error = errors.promotionCode;
  return html`<form class="code" method="post" action="/c/pay/${session.id}">
    <div>
      <label for="promotionCode">Promotion code</label>
      <input
        id="promotionCode"
        name="promotionCode"
        value="${form.promotionCode}"
        autocomplete="off"
        aria-invalid="${error ? 'true' : 'false'}"
        aria-describedby="promotionCode-error"
      />
      <div class="error" id="promotionCode-error" role="${error ? 'alert' : 'none'}">${error}</div>
    </div>
    <button type="submit" name="apply" value="1">Apply</button>
  </form>`;
}

function removeForm(session: string): Html {
  return html`<form class="code" method="post" action="/c/pay/${session}">
    <input type="hidden" name="promotionCode" value="" />
    <button type="submit" name="apply" value="1">Remove code</button>
  </form>`;
}

function nameOf(world: World, { coupon, promotion_code }: DiscountChoice): string {
  if (promotion_code !== null) return getPromotionCode(world, promotion_code).code;
  return termsOf(world, coupon)?.name ?? 'Discount';
}

function termsText(world: World, { coupon }: DiscountChoice): string {
  const terms = termsOf(world, coupon);
  if (!terms) return '';
  const off =
    terms.percent_off === null
      ? `${formatMoney(terms.amount_off ?? 0, terms.currency ?? 'usd')} off`
      : `${terms.percent_off}% off`;
  if (terms.duration === 'forever') return off;
  return terms.duration === 'once' ? `${off} once` : `${off} for ${terms.duration_in_months} months`;
}

/** What a renewal costs: a discount that lasts lowers it too, as long as it lasts. */
export function renewalPrice(
  world: World,
  session: SessionRecord,
  { full, cadence }: { full: string; cadence: string },
): string {
  const [choice] = secretsOf(world, session.id).choices;
  const terms = choice && termsOf(world, choice.coupon);
  const isTrial = session.amount_subtotal === 0;
  if (!terms || isTrial || terms.duration === 'once') return `${full} every ${cadence}`;
  const reduced = `${formatMoney(session.amount_total ?? 0, session.currency ?? 'usd')} every ${cadence}`;
  return terms.duration === 'forever' ? reduced : `${reduced} while your discount lasts, then at ${full}`;
}
