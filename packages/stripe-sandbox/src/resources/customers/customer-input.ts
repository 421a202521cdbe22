import { checkEmail, invalid } from '../../core/errors';
import type { Input } from '../../http/input';
import { readAddress } from './address';
import type { CustomerRecord } from './customer';

const TEXTS = ['email', 'name', 'phone', 'description'] as const;

/** The fields of a customer that a caller sends; what is not said is left out. */
export function readFields(input: Input): Partial<CustomerRecord> {
  const change: Partial<CustomerRecord> = {};
  for (const field of TEXTS) if (input.has(field)) change[field] = input.text(field) ?? null;
  if (change.email) checkEmail(change.email, 'email');
  if (input.has('address')) change.address = readAddress(input);
  if (input.has('shipping')) change.shipping = readShipping(input);
  if (input.has('preferred_locales')) change.preferred_locales = input.texts('preferred_locales');
  const exempt = input.choice('tax_exempt', ['none', 'exempt', 'reverse'] as const);
  if (exempt !== undefined) change.tax_exempt = exempt;
  for (const field of ['balance', 'next_invoice_sequence'] as const) {
    const value = input.integer(field);
    if (value !== undefined) change[field] = value;
  }
  const prefix = input.text('invoice_prefix');
  if (prefix !== undefined) change.invoice_prefix = checkedPrefix(prefix);
  return change;
}

function checkedPrefix(prefix: string): string {
  if (/^[A-Z0-9]{3,12}$/.test(prefix)) return prefix;
  throw invalid('The invoice prefix must have 3 to 12 uppercase letters or digits.', 'invoice_prefix');
}

function readShipping(input: Input): CustomerRecord['shipping'] {
  const shipping = input.map('shipping');
  const address = readAddress(shipping);
  if (!address) return null;
  return { address, name: shipping.requiredText('name'), phone: shipping.text('phone') ?? null };
}
