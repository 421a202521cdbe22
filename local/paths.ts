import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** The folder of package.json: the same from `local/` (jest) and from `dist/local/` (node). */
export const PROJECT_ROOT = findProjectRoot(__dirname);

/** Folder of the built processes. They are started, never imported, so that each part is its own process. */
export const DIST = join(PROJECT_ROOT, 'dist');

/** The sandbox is a package with its own `dist`. Like every script of a part, this path is relative to `DIST`. */
export const SANDBOX_SCRIPT = '../packages/stripe-sandbox/dist/src/main.js';

function findProjectRoot(from: string): string {
  const parent = dirname(from);
  if (existsSync(join(from, 'package.json')) || parent === from) return from;
  return findProjectRoot(parent);
}

/** The folder that keeps all data between starts: `DATA_DIR`, by default `.data` in the project. */
export function dataFolder(env: NodeJS.ProcessEnv = process.env): string {
  const configured = env['DATA_DIR'];
  return configured === undefined || configured === ''
    ? join(PROJECT_ROOT, '.data')
    : resolve(PROJECT_ROOT, configured);
}

/** The path relative to the current folder, if that is shorter. */
export function shortPath(path: string, from = process.cwd()): string {
  const short = relative(from, path);
  return short === '' || short.startsWith('..') ? path : short;
}
