import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { plant, type PlantedTree } from './planted-tree';

const ROOT = resolve(__dirname, '..', '..');

/** What a unit test may not do; the test of each swallows the error, as code under test may. */
const ATTEMPTS: Record<string, string> = {
  'connects a socket': "require('node:net').connect({ port: 9, host: '127.0.0.1' })",
  'fetches a page': "await fetch('http://127.0.0.1:8080')",
  'listens on a port': "require('node:net').createServer().listen(0)",
  'opens a datagram socket': "require('node:dgram').createSocket('udp4').bind(0)",
  'starts a process': "require('node:child_process').spawn('true')",
  'waits for a process': "require('node:child_process').execFileSync('true')",
};

const specOf = (title: string, statement: string) =>
  `it('${title}', async () => {\n  try {\n    ${statement};\n  } catch {}\n});\n`;

interface JestReport {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly title: string; readonly status: string }[];
  }[];
}

describe('the environment of unit tests', () => {
  let tree: PlantedTree;
  const statusOf = new Map<string, string>();

  beforeAll(() => {
    tree = plant({
      'attempts.spec.js': Object.entries(ATTEMPTS)
        .map(([title, statement]) => specOf(title, statement))
        .join(''),
      'harmless.spec.js': specOf('only calculates', 'await Promise.resolve(1 + 1)'),
    });
    const config = {
      rootDir: tree.folder,
      runtime: join(ROOT, 'test', 'jest', 'shared-packages-runtime.cjs'),
      testEnvironment: join(ROOT, 'test', 'jest', 'closed-environment.cjs'),
      transform: {},
    };
    const { stdout } = spawnSync(
      process.execPath,
      [
        join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js'),
        '--config',
        JSON.stringify(config),
        '--json',
        '-i',
      ],
      { cwd: tree.folder, encoding: 'utf8' },
    );
    for (const { assertionResults } of (JSON.parse(stdout) as JestReport).testResults)
      for (const { title, status } of assertionResults) statusOf.set(title, status);
  });

  afterAll(() => tree.remove());

  it.each(Object.keys(ATTEMPTS))('fails a test that %s', (title) => {
    expect(statusOf.get(title)).toBe('failed');
  });

  it('passes a test that opens nothing', () => {
    expect(statusOf.get('only calculates')).toBe('passed');
  });
});
