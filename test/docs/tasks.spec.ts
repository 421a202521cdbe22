import { globSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..', '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const [, section = ''] = /## Common changes\n(.*?)\n## /s.exec(read('ARCHITECTURE.md')) ?? [];
const tasks = section
  .split(/^### /m)
  .slice(1)
  .map((text) => [text.split('\n', 1)[0] ?? '', text] as const);
const FILE = /`([\w.-]+(?:\/[\w.<>-]+)+|[\w-]+\.(?:json|md|txt)|Dockerfile)`/g;

describe('the common changes of ARCHITECTURE.md', () => {
  it.each(tasks)('%s: names files that exist', (_task, text) => {
    const files = [...text.matchAll(FILE)].map(([, file = '']) => file).filter((file) => !file.startsWith('dist/'));
    const missing = files.filter((file) => globSync(file.replaceAll(/<\w+>/g, '*'), { cwd: ROOT }).length === 0);

    expect(files.length).toBeGreaterThan(1);
    expect(missing).toEqual([]);
  });

  it.each(tasks)('%s: names tests that exist', (_task, text) => {
    const [, proof = ''] = /\nProof: (.*)/s.exec(text) ?? [];
    const tests = [...proof.matchAll(/`([^`]+)`,\s+"([^"]+)"/g)].map(([, file = '', title = '']) => ({ file, title }));

    expect(tests.length).toBeGreaterThan(0);
    expect(tests.filter(({ file, title }) => !read(file).includes(title))).toEqual([]);
  });
});

describe('src/cli', () => {
  const commands = globSync('src/cli/*.ts', { cwd: ROOT }).map((path) => basename(path, '.ts'));
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const starters = [...Object.values(scripts), read('local/launcher.ts'), read('local/doctor.ts'), read('docs/runbooks/rotate-secrets.md')];

  it.each(commands)('starts every command: %s', (command) => {
    expect(starters.some((text) => text.includes(`src/cli/${command}.js`))).toBe(true);
  });

  it.each(commands)('reports a failure of %s in one block', (command) => {
    expect(read(`src/cli/${command}.ts`)).toContain('startOrExit(');
  });
});
