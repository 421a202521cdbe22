const ZERO_DECIMAL = new Set(['jpy', 'krw', 'vnd', 'clp', 'xaf', 'xof']);

/** The minimum charge, in the smallest unit; source: docs.stripe.com/currencies. */
const SMALLEST_CHARGES: Readonly<Record<string, number>> = {
  aed: 200,
  bgn: 100,
  czk: 1500,
  dkk: 250,
  gbp: 30,
  hkd: 400,
  huf: 17_500,
  mxn: 1000,
  myr: 200,
  nok: 300,
  pln: 200,
  ron: 200,
  sek: 300,
  thb: 1000,
};

export function smallestCharge(currency: string): number {
  return SMALLEST_CHARGES[currency] ?? 50;
}

/** Creating a formatter costs far more than using it, so each one is kept. */
const formatters = new Map<string, Intl.NumberFormat>();

/** `999, 'usd'` gives `$9.99`. */
export function formatMoney(amount: number, currency: string): string {
  const digits = ZERO_DECIMAL.has(currency) ? 0 : 2;
  return formatterOf(currency).format(amount / 10 ** digits);
}

function formatterOf(currency: string): Intl.NumberFormat {
  const known = formatters.get(currency);
  if (known) return known;
  const made = new Intl.NumberFormat('en-US', { style: 'currency', currency: currency.toUpperCase() });
  formatters.set(currency, made);
  return made;
}

/** `month, 1` gives `month`; `month, 3` gives `3 months`. */
export function formatCadence(cadence: { interval: string; interval_count: number }): string {
  return cadence.interval_count === 1 ? cadence.interval : `${cadence.interval_count} ${cadence.interval}s`;
}
