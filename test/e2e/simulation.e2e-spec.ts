import { execFile } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { getTestPostgresUrl } from '../support/test-env';

const run = promisify(execFile);
const ROOT = join(__dirname, '..', '..');

/** `npm run simulate` as a process of its own: it replaces clocks and timers, which a test run needs itself. */
async function simulate(...args: readonly string[]): Promise<string> {
  const env: NodeJS.ProcessEnv = { ...process.env, SIMULATION_POSTGRES_URL: getTestPostgresUrl() };
  delete env['NODE_OPTIONS'];
  const { stdout } = await run(process.execPath, ['test/simulation/run.mjs', ...args], {
    cwd: ROOT,
    env,
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}

describe('the deterministic simulation', () => {
  it('keeps every promise for a few seeds', async () => {
    const report = await simulate('--seeds', '12', '--seed', '1', '--lanes', '1');

    expect(report).toContain('every promise was kept');
    expect(report).toContain('12 schedules (seeds 1 to 12)');
  }, 180_000);

  it('replays a seed to an identical story', async () => {
    const stories = await Promise.all(
      [1, 2].map(async () => {
        const report = await simulate('--seeds', '2', '--seed', '77', '--lanes', '1', '--story');
        return report.replace(/\n\d+ schedules .*/s, '');
      }),
    );

    expect(stories[0]).toContain('seed 78: trace');
    expect(stories[1]).toBe(stories[0]);
  }, 180_000);

  it('has a place for each planted bug in the code as it is now', async () => {
    const script = `
      import { MUTANTS } from './test/simulation/mutants/mutants.mjs';
      process.stdout.write(JSON.stringify(MUTANTS));`;
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], { cwd: ROOT });
    const mutants = JSON.parse(stdout) as { name: string; file: string; patches: [string, string][] }[];
    const sources = globSync('src/**/*.ts', { cwd: ROOT });

    const misfits = mutants.filter(({ file, patches }) => {
      const paths = sources.filter((path) => basename(path) === file);
      const text = paths.length === 1 ? readFileSync(join(ROOT, paths[0] ?? ''), 'utf8') : '';
      return patches.some(([find]) => text.split(find).length !== 2);
    });
    const catches = JSON.parse(
      readFileSync(join(ROOT, 'test/simulation/mutants/catches.json'), 'utf8'),
    ) as Record<string, unknown>;

    expect(misfits).toEqual([]);
    expect(mutants.length).toBeGreaterThanOrEqual(25);
    expect(mutants.map(({ name }) => name).filter((name) => !(name in catches))).toEqual([]);
  });
});
