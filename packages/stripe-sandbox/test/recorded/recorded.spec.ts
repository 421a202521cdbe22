import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SandboxServer } from '../../src/server';
import accepted from './accepted.json';
import { differences } from './compare';
import { send, type Answer, type Story } from './story';

const STORIES = join(__dirname, 'data', 'stories');
const LEAST_EXCHANGES = 150;

const CATALOG = {
  products: [
    {
      id: 'prod_book',
      name: 'Book club',
      prices: [
        { id: 'price_small', unit_amount: 1000, currency: 'usd', interval: 'month' },
        { id: 'price_month', unit_amount: 2500, currency: 'usd', interval: 'month' },
        { id: 'price_year', unit_amount: 25_000, currency: 'usd', interval: 'year' },
        { id: 'price_other', unit_amount: 1900, currency: 'usd', interval: 'month' },
        { id: 'price_once', unit_amount: 1500, currency: 'usd' },
      ],
    },
  ],
} as const;

const stories = readdirSync(STORIES)
  .sort()
  .map((file) => JSON.parse(readFileSync(join(STORIES, file), 'utf8')) as Story);

/** Plays a story in an account of its own. */
async function replay({ title, version, exchanges }: Story): Promise<string[]> {
  const sandbox = new SandboxServer({ catalog: CATALOG, seed: 1 });
  const url = await sandbox.listen();
  try {
    await addCoupons(url);
    const answers: Answer[] = [];
    const found: string[] = [];
    for (const exchange of exchanges) {
      const answer = await send(exchange, version, url, answers);
      answers.push(answer);
      found.push(...differences(exchange, title, answer));
      if (answer.status !== exchange.status) break;
    }
    return found;
  } finally {
    await sandbox.close();
  }
}

async function addCoupons(url: string): Promise<void> {
  for (const [id, percent] of [
    ['coupon_ten', '10'],
    ['coupon_half', '50'],
  ] as const) {
    const params = { id, name: id, percent_off: percent, duration: 'forever' };
    const coupon = { method: 'POST', path: 'coupons', params, status: 200 } as const;
    await send(coupon, '2026-10-28.endive', url, []);
  }
}

/** A pattern is a line, or the beginning of lines with `*` at its end. */
function matches(pattern: string, line: string): boolean {
  return pattern.endsWith('*') ? line.startsWith(pattern.slice(0, -1)) : line === pattern;
}

describe('the answers that public recordings have of Stripe', () => {
  const found = new Set<string>();
  const isAccepted = (line: string) =>
    accepted.some(({ differences: patterns }) => patterns.some((pattern) => matches(pattern, line)));

  it.each(stories.map((story) => [story.title, story] as const))(
    'are those of the sandbox: %s',
    async (_, story) => {
      const lines = await replay(story);
      for (const line of lines) found.add(line);
      expect(lines.filter((line) => !isAccepted(line))).toEqual([]);
    },
  );

  it('differ in nothing that is accepted and no longer true', () => {
    const patterns = accepted.flatMap((entry) => entry.differences);
    const stale = patterns.filter((pattern) => ![...found].some((line) => matches(pattern, line)));
    expect(stale).toEqual([]);
  });

  it(`are at least ${LEAST_EXCHANGES}`, () => {
    const exchanges = stories.flatMap((story) => story.exchanges);
    expect(exchanges.length).toBeGreaterThanOrEqual(LEAST_EXCHANGES);
  });
});
