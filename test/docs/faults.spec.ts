import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..', '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

const FAULTS = 82;
/** A number leaves this list together with the arrival of its test; the list ends empty. */
const NOT_WALKED_YET = [10, 18, 26, 29, 31, 32, 50, 70, 71, 76, 78, 82];

const rows = [...read('docs/faults.md').matchAll(/^\| (\d+) \| (.+) \| (.+) \|$/gm)].map(
  ([, number = '', fault = '', shown = '']) => ({
    number: Number(number),
    fault,
    tests: [...shown.matchAll(/`([^`]+)`: “([^”]+)”/g)].map(([, file = '', title = '']) => ({ file, title })),
  }),
);

/** Whether the file holds this title as a string: a test's, or a row's of a table of faults. */
function holdsTitle({ file, title }: { file: string; title: string }): boolean {
  if (!existsSync(join(ROOT, file))) return false;
  const source = read(file);
  return ["'", '"', '`'].some((quote) => source.includes(`${quote}${title}${quote}`));
}

describe('docs/faults.md', () => {
  it('has one row for each fault, in order', () => {
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: FAULTS }, (_, index) => index + 1));
  });

  it('says which faults have no test yet', () => {
    expect(rows.filter(({ tests }) => tests.length === 0).map(({ number }) => number)).toEqual(NOT_WALKED_YET);
  });

  it.each(rows)('shows fault $number ($fault) by tests that exist', ({ tests }) => {
    expect(tests.filter((test) => !holdsTitle(test))).toEqual([]);
  });
});
