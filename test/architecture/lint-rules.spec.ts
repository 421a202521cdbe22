import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { plant, type PlantedTree } from './planted-tree';

const ROOT = resolve(__dirname, '..', '..');
const ESLINT = join(ROOT, 'node_modules', 'eslint', 'bin', 'eslint.js');

interface FileReport {
  readonly filePath: string;
  readonly messages: readonly { ruleId: string | null }[];
}

const lines = (count: number, line: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => line(n)).join('\n');

/** One file per rule of ours that breaks it. */
const VIOLATIONS: Record<string, { path?: string; text: string }> = {
  '@typescript-eslint/no-floating-promises': { text: `Promise.resolve(1);\nexport {};\n` },
  '@typescript-eslint/no-misused-promises': {
    text: `export const x = [1].filter(async (n) => Promise.resolve(n > 1));\n`,
  },
  '@typescript-eslint/await-thenable': { text: `export async function f() {\n  await 1;\n}\n` },
  '@typescript-eslint/require-await': { text: `export async function f() {\n  return 1;\n}\n` },
  '@typescript-eslint/return-await': {
    text: `export async function f(p: Promise<number>) {\n  try {\n    return p;\n  } catch {\n    return await p;\n  }\n}\n`,
  },
  '@typescript-eslint/switch-exhaustiveness-check': {
    text: `export function f(x: 'a' | 'b') {\n  switch (x) {\n    case 'a':\n      return 1;\n  }\n  return 2;\n}\n`,
  },
  '@typescript-eslint/no-explicit-any': { text: `export const x: any = 1;\n` },
  '@typescript-eslint/no-non-null-assertion': { text: `export const f = (x?: string) => x!.length;\n` },
  '@typescript-eslint/consistent-type-imports': {
    text: `import { Stats } from 'node:fs';\nexport type X = Stats;\n`,
  },
  '@typescript-eslint/no-unused-vars': { text: `const x = 1;\nexport {};\n` },
  '@eslint-community/eslint-comments/require-description': {
    text: `// eslint-disable-next-line no-console\nconsole.log(1);\nexport {};\n`,
  },
  'no-console': { text: `console.log(1);\nexport {};\n` },
  eqeqeq: { text: `export const f = (x: unknown) => x == 1;\n` },
  'max-lines': { text: lines(201, (n) => `export const x${n} = ${n};`) },
  'max-lines-per-function': {
    text: `export function f() {\n${lines(41, (n) => `  Math.max(${n});`)}\n}\n`,
  },
  'max-depth': {
    text: `export function f(x: number) {\n  if (x) {\n    if (x > 1) {\n      if (x > 2) {\n        if (x > 3) return 1;\n      }\n    }\n  }\n  return 2;\n}\n`,
  },
  complexity: {
    text: `export function f(x: number) {\n${lines(16, (n) => `  if (x === ${n}) return ${n};`)}\n  return -1;\n}\n`,
  },
  'no-restricted-imports': {
    path: 'src/modules/users/climb.ts',
    text: `import { x } from '../other/x';\nexport const y = x;\n`,
  },
  'perfectionist/sort-imports': {
    text: `import { x } from './x';\nimport { join } from 'node:path';\nexport const y = [x, join];\n`,
  },
  'no-restricted-properties': { text: `export const x = process.env;\n` },
};

/** Rules that count parameters share one name, so each has a file of its own, inside src/ where it must hold. */
const PARAMETERS = {
  'src/modules/payments/too-many.service.ts':
    'export class TooMany {\n  pay(a: 1, b: 2, c: 3, d: 4) {\n    return [a, b, c, d];\n  }\n}\n',
  'src/modules/payments/stripe/too-many.ts': 'export const f = (a: 1, b: 2, c: 3, d: 4) => [a, b, c, d];\n',
  'src/modules/users/too-many.repository.ts':
    'export class TooMany {\n  constructor(a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7) {\n    void [a, b, c, d, e, f, g];\n  }\n}\n',
  'src/modules/users/too-many.module.ts':
    'export const x = { useFactory: (a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7) => [a, b, c, d, e, f, g] };\n',
  'local/too-many.ts': 'export function f(a: 1, b: 2, c: 3, d: 4) {\n  return [a, b, c, d];\n}\n',
};
const ALLOWED_PARAMETERS = {
  'src/modules/users/enough.service.ts':
    'export class Enough {\n  constructor(a: 1, b: 2, c: 3, d: 4, e: 5, f: 6) {\n    void [a, b, c, d, e, f];\n  }\n}\n',
  'src/modules/users/enough.ts': 'export const f = (a: 1, b: 2, c: 3) => [a, b, c];\n',
};

const pathOf = (rule: string) => VIOLATIONS[rule]?.path ?? `src/common/${rule.replaceAll(/\W+/g, '-')}.ts`;

describe('lint rules', () => {
  let tree: PlantedTree;
  let reports: readonly FileReport[];

  beforeAll(() => {
    tree = plant({
      ...Object.fromEntries(Object.entries(VIOLATIONS).map(([rule, { text }]) => [pathOf(rule), text])),
      ...PARAMETERS,
      ...ALLOWED_PARAMETERS,
    });
    reports = JSON.parse(lint(tree.folder)) as FileReport[];
  });

  afterAll(() => tree.remove());

  const rulesBrokenBy = (path: string) =>
    reports
      .find(({ filePath }) => filePath === join(tree.folder, path))
      ?.messages.map(({ ruleId }) => ruleId);

  it.each(Object.keys(VIOLATIONS))('%s is reported', (rule) => {
    expect(rulesBrokenBy(pathOf(rule))).toContain(rule);
  });

  it.each(Object.keys(PARAMETERS))('too many parameters are reported in %s', (path) => {
    expect(rulesBrokenBy(path)).toEqual(['no-restricted-syntax']);
  });

  it.each(Object.keys(ALLOWED_PARAMETERS))('nothing is reported in %s', (path) => {
    expect(rulesBrokenBy(path)).toEqual([]);
  });
});

/** Exits non-zero when it finds something, which is what is wanted here. */
function lint(folder: string): string {
  try {
    return execFileSync(process.execPath, [ESLINT, 'src', 'local', '--format', 'json'], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 1e8,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    if (stdout?.startsWith('[')) return stdout;
    throw new Error(`eslint failed: ${stderr ?? String(error)}`);
  }
}
