import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..', '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

/** What this project has set out to meet of ASVS 5.0, V6 and V10. */
const WANTED = [
  ...['6.1.1', '6.2.1', '6.2.3', '6.2.4', '6.2.5', '6.2.9', '6.3.2', '6.3.6', '6.3.8', '6.4.1'],
  ...['10.4.1', '10.4.2', '10.4.3', '10.4.4', '10.4.6', '10.4.8', '10.4.9', '10.4.10'],
];

/** Wanted, and not built yet. A number leaves this list together with its row's arrival; the list ends empty. */
const NOT_BUILT_YET: string[] = [];

/** Only these may point to a decision instead of a test. */
const DEVIATIONS = ['6.3.2', '10.4.6'];

const rows = [...read('docs/asvs.md').matchAll(/^\| (\d+\.\d+\.\d+) \| ([123]) \| (.+) \| (.+) \| (.+) \|$/gm)].map(
  ([, number = '', , , , shown = '']) => ({
    number,
    tests: [...shown.matchAll(/`([^`]+)`: “([^”]+)”/g)].map(([, file = '', title = '']) => ({ file, title })),
    decisions: [...shown.matchAll(/\[ADR \d+\]\(([^)]+)\)/g)].map(([, path = '']) => `docs/${path}`),
  }),
);

const quoted = (title: string) => ["'", '"', '`'].map((quote) => `(${quote}${title}${quote}`);

/** Whether the file holds a test of this title: `it('title'`, `it.each(...)('title'`. */
function holdsTest({ file, title }: { file: string; title: string }): boolean {
  if (!/spec\.ts$/.test(file) || !existsSync(join(ROOT, file))) return false;
  // Long titles stand on a line of their own.
  const source = read(file).replaceAll(/\(\s+/g, '(');
  return quoted(title).some((text) => source.includes(text));
}

describe('docs/asvs.md', () => {
  it('has a row for each requirement that is wanted and built, and one only', () => {
    const numbers = rows.map(({ number }) => number);

    expect(numbers).toEqual([...new Set(numbers)]);
    expect(WANTED.filter((number) => !numbers.includes(number)).sort()).toEqual(NOT_BUILT_YET.toSorted());
  });

  it.each(rows)('shows $number by tests that exist, or says in a decision why not', ({ number, tests, decisions }) => {
    expect(tests.filter((test) => !holdsTest(test))).toEqual([]);
    expect(decisions.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    expect(tests.length > 0).toBe(!DEVIATIONS.includes(number));
    expect(decisions.length > 0).toBe(DEVIATIONS.includes(number));
  });

  it('would notice a test or a file that is gone', () => {
    const file = 'test/docs/asvs.spec.ts';

    expect(holdsTest({ file, title: 'would notice a test or a file that is gone' })).toBe(true);
    expect(holdsTest({ file, title: 'would notice a test' })).toBe(false);
    expect(holdsTest({ file: 'test/docs/gone.spec.ts', title: 'would notice a test or a file that is gone' })).toBe(false);
  });
});
