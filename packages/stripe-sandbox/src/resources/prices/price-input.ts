import { invalid } from '../../core/errors';
import type { Input } from '../../http/input';
import type { Recurring } from './price';

/** Reads `recurring[interval]` and `recurring[interval_count]`. */
export function readRecurring(input: Input): Recurring | undefined {
  if (!input.has('recurring')) return undefined;
  const recurring = input.map('recurring');
  const interval = recurring.choice('interval', ['day', 'week', 'month', 'year'] as const);
  if (!interval)
    throw invalid('Missing required param: recurring[interval].', 'recurring[interval]', 'parameter_missing');
  return { interval, interval_count: recurring.integer('interval_count') ?? 1 };
}

/** Reads `unit_amount` or a whole `unit_amount_decimal`. */
export function readUnitAmount(input: Input): number {
  const amount = input.integer('unit_amount') ?? input.integer('unit_amount_decimal');
  if (amount === undefined)
    throw invalid('Missing required param: unit_amount.', 'unit_amount', 'parameter_missing');
  if (amount < 0) throw invalid('Invalid non-negative integer', 'unit_amount', 'parameter_invalid_integer');
  return amount;
}

const TAX_BEHAVIOURS = ['exclusive', 'inclusive', 'unspecified'] as const;

/** Kept and shown; nothing here is taxed. */
export function readTaxBehaviour(input: Input) {
  return input.choice('tax_behavior', TAX_BEHAVIOURS);
}
