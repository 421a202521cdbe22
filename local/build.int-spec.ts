import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PROJECT_ROOT } from './paths';

// Stands in for the compiler: writes one file of JavaScript per source and notes that it ran.
const COMPILER = `
const { appendFileSync, existsSync, globSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
if (existsSync('src/broken.ts')) process.exit(1);
for (const source of globSync('src/**/*.ts')) {
  const output = join('dist', source.replace(/ts$/, 'js'));
  mkdirSync(dirname(output), { recursive: true });
  writeFileSync(output, readFileSync(source));
}
appendFileSync('runs.txt', 'x');
`;

describe('npm run build', () => {
  let folder: string;

  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  const build = () => spawnSync(process.execPath, ['local/build.mjs', 'backend'], { cwd: folder }).status;
  const runs = () => (existsSync(join(folder, 'runs.txt')) ? read('runs.txt').length : 0);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'course-companion-spec-'));
    write('node_modules/@nestjs/cli/bin/nest.js', COMPILER);
    write('node_modules/.package-lock.json', '{"typescript":"6.0.3"}');
    write('package-lock.json', '{}');
    write('tsconfig.json', '{}');
    write('src/main.ts', 'first');
    write('src/old.ts', 'old');
    write('src/main.spec.ts', 'test');
    mkdirSync(join(folder, 'local'));
    copyFileSync(join(PROJECT_ROOT, 'local', 'build.mjs'), join(folder, 'local', 'build.mjs'));
    expect(build()).toBe(0);
    expect(runs()).toBe(1);
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const UNCHANGED: [string, () => void][] = [
    ['nothing happened', () => undefined],
    ['a source has a new time and the same content', () => utimesSync(join(folder, 'src/main.ts'), 1, 1)],
    ['a test changed', () => write('src/main.spec.ts', 'another test')],
    ['a document changed', () => write('docs/openapi.json', '{}')],
  ];

  it.each(UNCHANGED)('does not compile again when %s', (_what, change) => {
    change();

    expect(build()).toBe(0);
    expect(runs()).toBe(1);
  });

  const CHANGED: [string, () => void][] = [
    ['a source changed', () => write('src/main.ts', 'second')],
    [
      'a source changed and kept its time',
      () => (write('src/main.ts', 'other'), utimesSync(join(folder, 'src/main.ts'), 1, 1)),
    ],
    ['a source was added', () => write('src/new.ts', 'new')],
    ['a source was deleted', () => rmSync(join(folder, 'src/old.ts'))],
    ['JSON that is compiled changed', () => write('src/examples.json', '{}')],
    ['the compiler options changed', () => write('tsconfig.json', '{"compilerOptions":{}}')],
    ['the lock file changed', () => write('package-lock.json', '{"changed":true}')],
    [
      'another compiler is installed',
      () => write('node_modules/.package-lock.json', '{"typescript":"6.0.4"}'),
    ],
    ['an output was deleted', () => rmSync(join(folder, 'dist/src/main.js'))],
    ['an output was edited', () => write('dist/src/main.js', 'edited')],
    ['another command compiled', () => utimesSync(join(folder, 'dist/src/main.js'), 1, 1)],
  ];

  it.each(CHANGED)('compiles again, once, when %s', (_what, change) => {
    change();

    expect([build(), build(), runs()]).toEqual([0, 0, 2]);
    expect(read('dist/src/main.js')).toBe(read('src/main.ts'));
  });

  it('deletes the output of a source that was deleted', () => {
    rmSync(join(folder, 'src/old.ts'));
    build();

    expect(existsSync(join(folder, 'dist/src/old.js'))).toBe(false);
    expect(existsSync(join(folder, 'dist/src/main.js'))).toBe(true);
  });

  it('fails each time until the sources compile', () => {
    write('src/broken.ts', 'broken');
    expect([build(), build()]).toEqual([1, 1]);

    rmSync(join(folder, 'src/broken.ts'));
    expect([build(), runs()]).toEqual([0, 2]);
  });

  it('fails for a target that does not exist', () => {
    const { status, stderr } = spawnSync(process.execPath, ['local/build.mjs', 'frontend'], { cwd: folder });

    expect([status, String(stderr)]).toEqual([1, 'build: there is no target frontend\n']);
  });
});

describe('the inputs of the build', () => {
  // Compares what the compiler read with the folders that local/build.mjs watches.
  it.each([
    ['.', ['src', 'migrations', 'local', 'bench', 'test/support', 'test/factories']],
    ['packages/stripe-sandbox', ['src', 'bench']],
  ])('cover every source that is compiled in %s', (target, folders) => {
    const dist = join(PROJECT_ROOT, target, 'dist');
    const { fileNames } = JSON.parse(readFileSync(join(dist, '.tsbuildinfo'), 'utf8')) as {
      fileNames: string[];
    };
    const sources = fileNames.filter((file) => file.startsWith('../') && !file.includes('node_modules'));

    expect(sources.length).toBeGreaterThan(10);
    expect(sources.filter((file) => !folders.some((one) => file.startsWith(`../${one}/`)))).toEqual([]);
  });
});
