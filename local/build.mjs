// `npm run build`: compiles TypeScript, and returns at once when nothing has changed since the last build.
// `npm run build -- backend` builds one target only. Plain JavaScript, because it runs before anything is compiled.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** `bench/` measures with the help of `test/support/`, so that folder is compiled as well. */
const TARGETS = {
  backend: {
    folder: '.',
    sources: ['src', 'migrations', 'local', 'bench', 'test/support', 'test/factories'],
    configuration: ['tsconfig.json', 'tsconfig.build.json', 'nest-cli.json'],
    command: ['node_modules/@nestjs/cli/bin/nest.js', 'build'],
  },
  sandbox: {
    folder: 'packages/stripe-sandbox',
    sources: ['src', 'bench'],
    configuration: ['../../tsconfig.json', 'tsconfig.json', 'tsconfig.build.json', 'package.json'],
    command: ['node_modules/typescript/bin/tsc', '-p', 'packages/stripe-sandbox/tsconfig.build.json'],
  },
};

// The second file lists what npm installed. It changes with the compiler and with every type definition.
const EVERYWHERE = ['package-lock.json', 'node_modules/.package-lock.json'];
const SOURCE = /\.(ts|mts|json)$/;
const NOT_COMPILED = /(spec\.ts$)|((^|\/)(testing|node_modules|dist)\/)/;

/** Every file that the result of a target depends on. */
function inputsOf({ folder, sources, configuration }) {
  const files = sources.flatMap((source) => filesBelow(join(folder, source)));
  return [
    ...files.filter((file) => SOURCE.test(file) && !NOT_COMPILED.test(file)),
    ...configuration.map((file) => join(folder, file)),
    ...EVERYWHERE,
  ];
}

function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

/** A hash of the contents. Times would not do: a checkout or a copy changes them. */
function fingerprintOfInputs(target) {
  const hash = createHash('sha256');
  for (const file of inputsOf(target)) {
    hash.update(`\0${file}\0`);
    if (existsSync(file)) hash.update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** A hash of sizes and times. It changes when another command compiles, edits or deletes an output. */
function fingerprintOfOutputs(target) {
  const hash = createHash('sha256');
  for (const file of outputsOf(target)) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

const distOf = ({ folder }) => join(folder, 'dist');
const stampOf = (target) => join(distOf(target), '.build-stamp');
const outputsOf = (target) => filesBelow(distOf(target)).filter((file) => file !== stampOf(target));

/** Throws when it does not compile. */
function build(name) {
  const target = TARGETS[name];
  if (target === undefined) throw new Error(`there is no target ${name}`);
  const stamp = stampOf(target);
  const inputs = fingerprintOfInputs(target);
  const [builtInputs, builtOutputs] = existsSync(stamp) ? readFileSync(stamp, 'utf8').split('\n') : [];
  const outputsAreOurs = existsSync(stamp) && builtOutputs === fingerprintOfOutputs(target);
  if (outputsAreOurs && builtInputs === inputs) return;
  process.stderr.write(`Compiling the ${name} ...\n`);
  rmSync(stamp, { force: true });
  // The compiler's own record ignores changed and missing outputs.
  if (!outputsAreOurs) rmSync(join(distOf(target), '.tsbuildinfo'), { force: true });
  const [script, ...args] = target.command;
  const { status } = spawnSync(process.execPath, [script, ...args], { stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error(`${target.command.join(' ')} failed`);
  removeLeftovers(target);
  writeFileSync(stamp, `${inputs}\n${fingerprintOfOutputs(target)}`);
}

/** Deletes outputs of deleted sources. A leftover migration would still run. */
function removeLeftovers(target) {
  for (const output of outputsOf(target)) {
    const source = join(target.folder, relative(distOf(target), output)).replace(
      /(\.d\.ts|\.js(\.map)?)$/,
      '.ts',
    );
    if (/\.(js|map|d\.ts|json)$/.test(output) && !existsSync(source)) rmSync(output);
  }
}

try {
  const names = process.argv.slice(2);
  for (const name of names.length > 0 ? names : Object.keys(TARGETS)) build(name);
} catch (error) {
  process.stderr.write(`build: ${error.message}\n`);
  process.exitCode = 1;
}
