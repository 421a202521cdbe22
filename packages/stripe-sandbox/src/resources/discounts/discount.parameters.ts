import { parameters } from '../../http/parameters';

/** One entry of `discounts`: something to redeem, or a discount that exists. */
export const DISCOUNTS = parameters({ used: 'coupon discount promotion_code' });
