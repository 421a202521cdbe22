import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readOptions } from './env';
import { HELP } from './help';

const README = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');
const SOURCE = readFileSync(join(__dirname, 'env.ts'), 'utf8');

describe('the environment of the sandbox', () => {
  const names = [...new Set(SOURCE.match(/SANDBOX_[A-Z_]+/g))];

  it.each(names)('documents %s in the README and in --help', (name) => {
    expect(HELP).toContain(name);
    expect(README).toContain(`\`${name}\``);
  });

  describe('with a catalogue file', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'catalog-')), 'catalog.json');
    const read = (value: unknown) => {
      writeFileSync(path, JSON.stringify(value));
      return readOptions({ SANDBOX_CATALOG: path }).catalog;
    };
    const price = { id: 'price_book', unit_amount: 500, currency: 'usd', interval: 'month' };
    const product = { id: 'prod_book', name: 'Book', prices: [price] };

    it('reads products and prices', () => {
      expect(read({ products: [product] })).toEqual({ products: [product] });
    });

    it.each([
      ['no list', {}, '"products" must be a list'],
      ['a product without a name', { products: [{ id: 'x', prices: [] }] }, 'needs an "id" and a "name"'],
      ['a product without prices', { products: [{ id: 'x', name: 'X' }] }, '"prices" of x must be a list'],
      [
        'a fraction of a cent',
        { products: [{ ...product, prices: [{ ...price, unit_amount: 0.5 }] }] },
        'whole "unit_amount"',
      ],
      [
        'an unknown interval',
        { products: [{ ...product, prices: [{ ...price, interval: 'decade' }] }] },
        '"interval" of price_book',
      ],
    ])('names the mistake: %s', (_name, value, message) => {
      expect(() => read(value)).toThrow(message);
      expect(() => read(value)).toThrow(path);
    });
  });

  it('reads whole numbers and rules, and has defaults', () => {
    expect(readOptions({})).toMatchObject({ port: 12111, host: '127.0.0.1', keepDays: undefined });
    expect(readOptions({ SANDBOX_KEEP_DAYS: '90', SANDBOX_AFTER_RETRIES: 'unpaid' })).toMatchObject({
      keepDays: 90,
      afterRetries: 'unpaid',
    });
  });

  it.each([
    ['SANDBOX_KEEP_DAYS', 'many'],
    ['SANDBOX_AFTER_RETRIES', 'forgive'],
    ['SANDBOX_SECRET_KEY', 'sk_live_x'],
    ['SANDBOX_CATALOG', 'no-such-file.json'],
    ['SANDBOX_WEBHOOK_URL', 'http://127.0.0.1:1'],
  ])('refuses a wrong %s by name', (name, value) => {
    expect(() => readOptions({ [name]: value })).toThrow(name);
  });
});
