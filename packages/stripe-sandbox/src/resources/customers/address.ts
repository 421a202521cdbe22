import type { Input } from '../../http/input';

export interface Address {
  city: string | null;
  country: string | null;
  line1: string | null;
  line2: string | null;
  postal_code: string | null;
  state: string | null;
}

export const NO_ADDRESS: Address = {
  city: null,
  country: null,
  line1: null,
  line2: null,
  postal_code: null,
  state: null,
};

/** Reads `address[…]`; null when it is absent. */
export function readAddress(owner: Input): Address | null {
  if (!owner.has('address')) return null;
  const address = owner.map('address');
  return {
    city: address.text('city') ?? null,
    country: address.text('country') ?? null,
    line1: address.text('line1') ?? null,
    line2: address.text('line2') ?? null,
    postal_code: address.text('postal_code') ?? null,
    state: address.text('state') ?? null,
  };
}

/** Reads `shipping[…]` of a payment; null when it is absent. */
export function readShipping(owner: Input): object | null {
  if (!owner.has('shipping')) return null;
  const shipping = owner.map('shipping');
  return {
    address: readAddress(shipping),
    carrier: shipping.text('carrier') ?? null,
    name: shipping.text('name') ?? null,
    phone: shipping.text('phone') ?? null,
    tracking_number: shipping.text('tracking_number') ?? null,
  };
}
