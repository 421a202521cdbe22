import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..', '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
const names = Object.keys(scripts);

// eslint-disable-next-line @typescript-eslint/no-require-imports -- the configuration is a CommonJS file by the tool's convention
const { projects } = require('../jest/jest.config.cjs') as { projects: { displayName: string }[] };
const layers = projects.map(({ displayName }) => displayName);

/** The gate and what it calls. */
const gate = ['.ci/run', '.ci/newcomer', '.ci/commands'].map(read).join('\n');

/** Scripts that no step runs by name, and the file that runs the same program. */
const RUN_ELSEWHERE: Record<string, { file: string; text: string }> = {
  build: { file: 'package.json', text: '"test": "npm run build --silent' },
  'build:backend': { file: 'Dockerfile', text: 'npm run build:backend' },
  'start:web': { file: 'test/support/stack.ts', text: 'src/main.js' },
  'start:worker': { file: 'test/support/stack.ts', text: 'src/worker.js' },
  reconcile: { file: 'test/e2e/reconcile.e2e-spec.ts', text: 'src/cli/reconcile.js' },
  migrate: { file: 'test/support/global-setup.ts', text: "'migrate.js'" },
  'stripe:setup': {
    file: 'src/modules/payments/stripe/stripe-account-setup.int-spec.ts',
    text: 'stripe-setup.js',
  },
  jest: { file: 'package.json', text: '"test": "npm run build --silent && npm run --silent jest' },
};

/** Scripts that the gate leaves out, and why. */
const LEFT_OUT: Record<string, string> = {
  'simulate:mutants': 'plays the simulation once per planted bug, which takes too long for every change',
};

/** Layers of `npm test`: each script names projects that the whole run has too. */
const layersOf = (script: string) =>
  (/--selectProjects ([\w ]+)$/.exec(scripts[script] ?? '')?.[1] ?? '').split(' ').filter(Boolean);

/** `npm run x`, `npm run --silent x`, `npm x`, or a name in the list of checks. */
const isNamedIn = (text: string, script: string) =>
  new RegExp(`npm (?:run )?(?:--silent )?${script}(?![\\w:-])`).test(text) ||
  new RegExp(`^for check in (?:.* )?${script}[ ;]`, 'm').test(text);

function isRun(script: string): boolean {
  if (isNamedIn(gate, script)) return true;
  const elsewhere = RUN_ELSEWHERE[script];
  if (elsewhere !== undefined) return read(elsewhere.file).includes(elsewhere.text);
  const selected = layersOf(script);
  return selected.length > 0 && selected.every((layer) => layers.includes(layer));
}

describe('npm scripts', () => {
  it.each(names.filter((name) => name !== 'checklist' && !(name in LEFT_OUT)))('the gate or a test runs %s', (script) => {
    expect(isRun(script)).toBe(true);
  });

  it('the checklist runs checks of the gate only, and all of its quick ones', () => {
    const parts = [...(scripts['checklist'] ?? '').matchAll(/npm (?:run )?([\w:-]+)/g)].map(([, name = '']) => name);
    const [, quick = ''] = /^for check in (.+); do$/m.exec(gate) ?? [];

    expect(parts.filter((part) => !isNamedIn(gate, part))).toEqual([]);
    expect(quick.split(' ').filter((check) => !parts.includes(check))).toEqual([]);
  });
});
