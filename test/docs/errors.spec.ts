import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readErrorTable } from '../support/error-table';

const ROOT = resolve(__dirname, '..', '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

interface ErrorClass {
  readonly name: string;
  readonly parent: string;
  readonly code: string | undefined;
  readonly kind: string | undefined;
}

const member = (name: string) => new RegExp(`^  (?:override )?readonly ${name}(?:: string)? = '(\\w+)';$`, 'm');

/** Every class of a file, with the code and kind that it declares. */
function findClasses(source: string): ErrorClass[] {
  const classes = source.matchAll(/^export (?:abstract )?class (\w+) extends (\w+) \{$([\s\S]*?)^\}$/gm);
  return [...classes].map(([, name = '', parent = '', body = '']) => ({
    name,
    parent,
    code: member('code').exec(body)?.[1],
    kind: member('kind').exec(body)?.[1],
  }));
}

const sources = globSync('src/**/*.ts', { cwd: ROOT })
  .filter((path) => !path.endsWith('spec.ts'))
  .map(read);
const classes = new Map(sources.flatMap(findClasses).map((one) => [one.name, one]));

function isAppError({ parent }: ErrorClass): boolean {
  const above = classes.get(parent);
  return parent === 'AppError' || (above !== undefined && isAppError(above));
}

const appErrors = [...classes.values()].filter(isAppError);

function kindOf({ kind, parent }: ErrorClass): string | undefined {
  const above = classes.get(parent);
  return kind ?? (above && kindOf(above));
}

const problemDetails = read('src/common/http/problem-details.ts');
const statusOfKind = new Map(
  [...problemDetails.matchAll(/^  (\w+): (\d{3}),$/gm)].map(([, kind = '', status]) => [kind, Number(status)]),
);
const frameworkCodes = [...problemDetails.matchAll(/^  (\d{3}): \['(\w+)'/gm)].map(
  ([, status, code = '']) => [code, Number(status)] as const,
);

/** Every code in the source with its status. */
const actual = new Map<string, number | undefined>([
  ['internal_error', 500],
  ...frameworkCodes,
  ...appErrors.map((one) => [one.code ?? one.name, statusOfKind.get(kindOf(one) ?? '')] as const),
]);

const rows = readErrorTable();

describe('docs/errors.md', () => {
  it('is compared with all errors, statuses and framework codes of the source', () => {
    // If one of these patterns matched nothing, the comparisons below would prove nothing.
    expect(appErrors.length).toBeGreaterThan(20);
    expect(statusOfKind.get('unavailable')).toBe(503);
    expect(frameworkCodes).toContainEqual(['body_too_large', 413]);
    const declared = sources.join('\n').match(/^  (?:override )?readonly code(?:: string)? = '/gm);
    expect(appErrors.filter(({ code }) => code !== undefined)).toHaveLength(declared?.length ?? 0);
  });

  it('documents every code, and no code that no longer exists', () => {
    expect(rows.map(({ code }) => code).sort()).toEqual([...actual.keys()].sort());
  });

  it('lists the status of each code', () => {
    expect(new Map(rows.map(({ code, status }) => [code, status]))).toEqual(actual);
  });

  it('gives each code one row and one class', () => {
    const codes = appErrors.map(({ code }) => code);

    expect(codes).toEqual([...new Set(codes)]);
    expect(rows).toHaveLength(new Set(rows.map(({ code }) => code)).size);
  });

  it('states the meaning and the next step of each code', () => {
    expect(rows.filter(({ meaning, action }) => meaning.length < 15 || action.length < 10)).toEqual([]);
  });
});
