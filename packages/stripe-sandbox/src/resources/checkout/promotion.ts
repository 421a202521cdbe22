import { invalid } from '../../core/errors';
import type { World } from '../../core/world';
import { coupons } from '../coupons/coupon';
import { findActiveCode, getPromotionCode, refusalOf } from '../coupons/promotion-code';
import { type DiscountChoice, isFirstOrder } from '../discounts/choice';
import { amountFields, sessionAmounts } from './amounts';
import { getSession, secretsOf, type SessionRecord, sessions, sessionSecrets } from './session';

/** Applies a typed promotion code to an open session; an empty one removes it. Errors are written for the page. */
export function applyPromotionCode(world: World, id: string, text: string): SessionRecord {
  const session = getSession(world, id);
  const { lines, trialEnd, trialDays } = secretsOf(world, id);
  if (!session.allow_promotion_codes) throw invalid('This order takes no promotion codes.');
  const choices = text.trim() === '' ? [] : [choiceOf(world, session, text)];
  sessionSecrets(world).patch(id, { choices, intent: null });
  const isTrial = Boolean(trialEnd ?? trialDays);
  return sessions(world).patch(id, amountFields(world, { lines, choices, isTrial }));
}

/** Throws when a coupon of the order can no longer be redeemed. */
export function checkChoices(world: World, choices: readonly DiscountChoice[]): void {
  for (const { coupon, promotion_code } of choices) {
    const code = promotion_code === null ? undefined : getPromotionCode(world, promotion_code);
    if (coupons(world).find(coupon)?.valid && code?.active !== false) continue;
    throw invalid('The discount of this order has expired.', 'discounts', 'coupon_expired');
  }
}

function choiceOf(world: World, session: SessionRecord, text: string): DiscountChoice {
  const code = findActiveCode(world, text);
  if (!code) throw invalid('This code is invalid.', 'promotionCode');
  const { lines } = secretsOf(world, session.id);
  const refusal = refusalOf(world, code, {
    customer: session.customer,
    isFirstOrder: isFirstOrder(world, session.customer),
    amount: sessionAmounts(world, lines, []).subtotal,
    currency: session.currency ?? 'usd',
  });
  if (refusal !== undefined) throw invalid(refusal.message, 'promotionCode');
  return { coupon: code.promotion.coupon, promotion_code: code.id, discount: null };
}
