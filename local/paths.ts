import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** The folder of package.json: the same from `local/` (jest) and from `dist/local/` (node). */
export const PROJECT_ROOT = findProjectRoot(__dirname);

/** Where built processes live. Started with node, never imported, so that each part stays a process of its own. */
export const DIST = join(PROJECT_ROOT, 'dist');

/** The sandbox is a package with a `dist` of its own; seen from `DIST`, as every script of a part. */
export const SANDBOX_SCRIPT = '../packages/stripe-sandbox/dist/src/main.js';

function findProjectRoot(from: string): string {
  const parent = dirname(from);
  if (existsSync(join(from, 'package.json')) || parent === from) return from;
  return findProjectRoot(parent);
}

/** The folder that keeps everything between two starts: `DATA_DIR`, by default `.data` in the project. */
export function dataFolder(env: NodeJS.ProcessEnv = process.env): string {
  const configured = env['DATA_DIR'];
  return configured === undefined || configured === ''
    ? join(PROJECT_ROOT, '.data')
    : resolve(PROJECT_ROOT, configured);
}

/** As a person would type it from here. */
export function shortPath(path: string, from = process.cwd()): string {
  const short = relative(from, path);
  return short === '' || short.startsWith('..') ? path : short;
}
