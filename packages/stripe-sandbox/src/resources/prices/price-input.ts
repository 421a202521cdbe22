import { invalid } from '../../core/errors';
import type { Input } from '../../http/input';
import type { Recurring } from './price';

/** Three years of each interval. */
const LONGEST = { day: 1095, week: 156, month: 36, year: 3 };

const CURRENCIES: ReadonlySet<string> = new Set(
  Intl.supportedValuesOf('currency').map((code) => code.toLowerCase()),
);

export function readCurrency(input: Input): string {
  const currency = input.requiredText('currency').toLowerCase();
  if (CURRENCIES.has(currency)) return currency;
  throw invalid(`Invalid currency: ${currency}.`, input.path('currency'));
}

const LARGEST_AMOUNT = 99_999_999;

/** Reads `recurring[interval]` and `recurring[interval_count]`. */
export function readRecurring(input: Input): Recurring | undefined {
  if (!input.has('recurring')) return undefined;
  const recurring = input.map('recurring');
  const interval = recurring.choice('interval', ['day', 'week', 'month', 'year'] as const);
  if (!interval)
    throw invalid('Missing required param: recurring[interval].', 'recurring[interval]', 'parameter_missing');
  const interval_count = recurring.integer('interval_count') ?? 1;
  if (interval_count < 1 || interval_count > LONGEST[interval]) {
    throw invalid(
      `Invalid recurring[interval_count]: a price can recur every three years at most, that is ${LONGEST[interval]} ${interval}s.`,
      'recurring[interval_count]',
    );
  }
  return { interval, interval_count };
}

/** Reads `unit_amount` or a whole `unit_amount_decimal`. */
export function readUnitAmount(input: Input): number {
  const amount = input.integer('unit_amount') ?? input.integer('unit_amount_decimal');
  if (amount === undefined)
    throw invalid('Missing required param: unit_amount.', 'unit_amount', 'parameter_missing');
  if (amount < 0) throw invalid('Invalid non-negative integer', 'unit_amount', 'parameter_invalid_integer');
  if (amount > LARGEST_AMOUNT) {
    throw invalid('Amount must be no more than $999,999.99', 'unit_amount', 'amount_too_large');
  }
  return amount;
}

const TAX_BEHAVIOURS = ['exclusive', 'inclusive', 'unspecified'] as const;

/** Kept and shown; nothing here is taxed. */
export function readTaxBehaviour(input: Input) {
  return input.choice('tax_behavior', TAX_BEHAVIOURS);
}
