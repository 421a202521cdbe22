import { readFileSync } from 'node:fs';

/** Products and prices as data, e.g. from a JSON file. */
export interface Catalog {
  readonly products: readonly CatalogProduct[];
}

export interface CatalogProduct {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly prices: readonly CatalogPrice[];
}

export interface CatalogPrice {
  readonly id: string;
  /** In the smallest unit of the currency. */
  readonly unit_amount: number;
  readonly currency: string;
  /** Absent for a price that is paid once. */
  readonly interval?: 'day' | 'week' | 'month' | 'year';
  readonly interval_count?: number;
  readonly lookup_key?: string;
}

/** The built-in catalogue: one product, monthly and yearly. */
export const PREMIUM: Catalog = {
  products: [
    {
      id: 'prod_premium',
      name: 'Course Companion Premium',
      description: 'Every chapter of the course, with quizzes and progress.',
      prices: [
        {
          id: 'price_premium_monthly',
          unit_amount: 999,
          currency: 'usd',
          interval: 'month',
          lookup_key: 'premium_monthly',
        },
        {
          id: 'price_premium_yearly',
          unit_amount: 9599,
          currency: 'usd',
          interval: 'year',
          lookup_key: 'premium_yearly',
        },
      ],
    },
  ],
};

const INTERVALS: readonly unknown[] = ['day', 'week', 'month', 'year', undefined];

/** Reads a catalogue file. Throws one line that names the file and what is wrong in it. */
export function readCatalog(path: string): Catalog {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`SANDBOX_CATALOG: cannot read ${path}: ${(error as Error).message}`, { cause: error });
  }
  const mistake = mistakeIn(value as Partial<Catalog> | null);
  if (mistake !== undefined) throw new Error(`SANDBOX_CATALOG: ${path}: ${mistake}`);
  return value as Catalog;
}

function mistakeIn(catalog: Partial<Catalog> | null): string | undefined {
  if (!Array.isArray(catalog?.products)) return '"products" must be a list';
  for (const product of catalog.products as Array<Partial<CatalogProduct>>) {
    if (typeof product.id !== 'string' || typeof product.name !== 'string')
      return 'every product needs an "id" and a "name"';
    if (!Array.isArray(product.prices)) return `"prices" of ${product.id} must be a list`;
    for (const price of product.prices as Array<Partial<CatalogPrice>>) {
      const isComplete = typeof price.id === 'string' && typeof price.currency === 'string';
      if (!isComplete || !Number.isSafeInteger(price.unit_amount))
        return `every price of ${product.id} needs an "id", a "currency" and a whole "unit_amount"`;
      if (!INTERVALS.includes(price.interval))
        return `"interval" of ${price.id} must be day, week, month or year`;
    }
  }
  return undefined;
}
