/** An amount for people, such as "$9.99". `currency` is ISO 4217 in any case; currencies without minor units are known. */
export function formatMoney(amountMinor: number, currency: string): string {
  const format = new Intl.NumberFormat('en-US', { style: 'currency', currency: currency.toUpperCase() });
  const { maximumFractionDigits = 2 } = format.resolvedOptions();
  return format.format(amountMinor / 10 ** maximumFractionDigits);
}

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/** A date for people, in UTC, such as "1 March 2027". */
export const formatDay = (date: Date): string => DAY.format(date);
