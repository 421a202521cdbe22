import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..', '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const DEFECTS = 45;
/** The deletion of an account is specified apart, and its tests are not complete yet. */
const NOT_SHOWN_YET = [19];

const rows = [...read('docs/defects.md').matchAll(/^\| D(\d+) \| (.+?) \| (.+?) \| (.+) \|$/gm)].map(
  ([, number = '', , , shown = '']) => ({
    number: Number(number),
    tests: [...shown.matchAll(/`([^`]+)`: “([^”]+)”/g)].map(([, file = '', title = '']) => ({ file, title })),
  }),
);

/** Whether the file holds a test of this title: `it('title'`, `it.each(...)('title'`. */
function holdsTest({ file, title }: { file: string; title: string }): boolean {
  if (!/spec\.ts$/.test(file) || !existsSync(join(ROOT, file))) return false;
  const source = read(file).replaceAll(/\(\s+/g, '(');
  return ["'", '"', '`'].some((quote) => source.includes(`(${quote}${title}${quote}`));
}

describe('docs/defects.md', () => {
  it('has one row for each defect', () => {
    const wanted = Array.from({ length: DEFECTS }, (_, index) => index + 1);

    expect(rows.map(({ number }) => number)).toEqual(wanted.filter((number) => !NOT_SHOWN_YET.includes(number)));
  });

  it.each(rows)('shows D$number by tests that exist', ({ tests }) => {
    expect(tests.length).toBeGreaterThan(0);
    expect(tests.filter((test) => !holdsTest(test))).toEqual([]);
  });

  it('would notice a test that is gone', () => {
    const file = 'test/docs/defects.spec.ts';

    expect(holdsTest({ file, title: 'would notice a test that is gone' })).toBe(true);
    expect(holdsTest({ file, title: 'would notice a test' })).toBe(false);
  });
});
