// Runs the TypeScript sources directly: swc compiles what is required, `src/` is resolved as in the build, and one
// mutant (a small patch of the text of one production file) may be planted on the way.
import { existsSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transformSync } from '@swc/core';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

function typescriptFile(base) {
  return [`${base}.ts`, join(base, 'index.ts')].find((path) => existsSync(path));
}

function resolvePath(specifier, parentURL) {
  if (specifier.startsWith('src/')) return typescriptFile(join(ROOT, specifier));
  if (!specifier.startsWith('.') || !parentURL?.endsWith('.ts')) return undefined;
  return typescriptFile(join(dirname(fileURLToPath(parentURL)), specifier));
}

/** Plants a bug; a patch that fits no place, or several, is an error: it would test nothing. */
export function plant(source, { name, patches }) {
  return patches.reduce((text, [find, replace]) => {
    const parts = text.split(find);
    if (parts.length !== 2)
      throw new Error(`mutant ${name}: "${find}" occurs ${parts.length - 1} times, not once`);
    return parts.join(replace);
  }, source);
}

/** `mutant`: one of mutants/mutants.mjs, or undefined for the code as it is. */
export function registerTypeScript(mutant) {
  let planted = mutant === undefined;
  registerHooks({
    resolve(specifier, context, next) {
      const path = resolvePath(specifier, context.parentURL);
      return path === undefined
        ? next(specifier, context)
        : { url: pathToFileURL(path).href, shortCircuit: true };
    },
    load(url, context, next) {
      if (!url.endsWith('.ts')) return next(url, context);
      const path = fileURLToPath(url);
      let source = readFileSync(path, 'utf8');
      if (!planted && basename(path) === mutant.file && path.startsWith(join(ROOT, 'src'))) {
        source = plant(source, mutant);
        planted = true;
      }
      const { code } = transformSync(source, { filename: path, cwd: ROOT, sourceMaps: 'inline' });
      return { format: 'commonjs', source: code, shortCircuit: true };
    },
  });
  return { isPlanted: () => planted };
}
