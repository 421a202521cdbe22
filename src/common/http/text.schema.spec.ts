import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';

const ROOT = resolve(__dirname, '..', '..', '..');
const LENGTH = 32_000;

/** Texts that are expensive for some normalisation, pattern or folding. */
const HOSTILE: Record<string, string> = {
  'combining marks in two orders': '\u0301'.repeat(LENGTH / 2) + '\u0323'.repeat(LENGTH / 2),
  'marks after a letter': `e${'\u0323\u0301'.repeat(LENGTH / 2)}`,
  'characters that expand': '\ufdfa'.repeat(LENGTH),
  blanks: `${' '.repeat(LENGTH - 1)}x`,
  'one local part': `${'a'.repeat(LENGTH - 1)}!`,
  'many domains': `a@${'a.'.repeat(LENGTH / 2)}!`,
  'many commas': ','.repeat(LENGTH),
  'lone surrogates': '\ud800'.repeat(LENGTH),
};

/** Schemas that accept an object with text members, or text itself. */
function schemasOf(file: string): [string, z.ZodType][] {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the files are found at run time
  const exported = require(resolve(ROOT, file)) as Record<string, unknown>;
  return Object.entries(exported).filter(
    (entry): entry is [string, z.ZodType] => entry[1] instanceof z.ZodType,
  );
}

function shapeOf(schema: z.ZodType): Record<string, unknown> {
  let inner: unknown = schema;
  while (inner instanceof z.ZodPipe || inner instanceof z.ZodOptional || inner instanceof z.ZodDefault) {
    inner = inner instanceof z.ZodPipe ? inner.in : inner.unwrap();
  }
  return inner instanceof z.ZodObject ? (inner.shape as Record<string, unknown>) : {};
}

/** CPU time of the fastest of some runs. */
function costOf(schema: z.ZodType, value: unknown): number {
  let best = Infinity;
  for (let run = 0; run < 3; run += 1) {
    const { user, system } = process.cpuUsage();
    schema.safeParse(value);
    const used = process.cpuUsage({ user, system });
    best = Math.min(best, used.user + used.system);
  }
  return best / 1000;
}

const files = globSync('src/modules/**/http/*.schema.ts', { cwd: ROOT }).concat(
  globSync('src/modules/accounts/pages/*.schema.ts', { cwd: ROOT }),
);
const cases = files.flatMap((file) =>
  schemasOf(file).map(([name, schema]) => [`${file.replace('src/modules/', '')} ${name}`, schema] as const),
);

describe('request schemas', () => {
  it('are found', () => {
    expect(cases.length).toBeGreaterThan(40);
  });

  it.each(cases)('bound the length of text before they work on it: %s', (_, schema) => {
    const names = Object.keys(shapeOf(schema));
    const inputOf = (text: string) =>
      names.length === 0 ? text : Object.fromEntries(names.map((name) => [name, text]));
    const benign = costOf(schema, inputOf('a'.repeat(LENGTH)));

    const slow = Object.entries(HOSTILE)
      .map(([name, text]) => [name, costOf(schema, inputOf(text))] as const)
      // Below the resolution of the clock a ratio says nothing.
      .filter(([, cost]) => cost > 3 * benign + 5);

    expect(slow).toEqual([]);
  });
});
