import { invalid } from '../../core/errors';
import type { World } from '../../core/world';
import type { Input } from '../../http/input';
import { findCustomer } from '../customers/customer';
import type { SessionRecord } from './session';

/**
 * Automatic tax and tax ids. The sandbox's account has no tax registrations, so the tax is always zero, as at Stripe for
 * a place where an account is not registered. What Stripe asks of an existing customer is checked.
 */
export function readTax(world: World, input: Input, customer: string | null): Partial<SessionRecord> {
  const automatic = input.map('automatic_tax').flag('enabled') ?? false;
  const collects = input.map('tax_id_collection').flag('enabled') ?? false;
  const update = input.map('customer_update');
  const known = findCustomer(world, customer);
  if (automatic && known && !known.address && update.text('address') !== 'auto') {
    throw invalid(
      "Automatic tax calculation in Checkout requires a valid address on the Customer. Add a valid address to the Customer or set either `customer_update[address]` to 'auto' or `customer_update[shipping]` to 'auto' to save the address entered in Checkout to the Customer.",
      'automatic_tax',
      'customer_tax_location_invalid',
    );
  }
  if (collects && known && update.text('name') !== 'auto') {
    throw invalid(
      'Tax ID collection requires updating business name on the customer. To enable tax ID collection for an existing customer, please set `customer_update[name]` to `auto`.',
      'tax_id_collection',
    );
  }
  return {
    ...(automatic
      ? {
          automatic_tax: {
            enabled: true,
            liability: { type: 'self' },
            provider: 'stripe',
            status: 'requires_location_inputs',
          },
        }
      : {}),
    ...(collects ? { tax_id_collection: { enabled: true, required: 'never' } } : {}),
  };
}
