import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { plant, type PlantedTree } from './planted-tree';

const ROOT = resolve(__dirname, '..', '..');
const CONFIG = 'test/gates/knip.json';

const FILES: Record<string, string> = {
  [CONFIG]: readFileSync(join(ROOT, CONFIG), 'utf8'),
  'src/main.ts': `import { used } from './parts';\nused();\n`,
  'src/parts.ts': `export const used = () => 1;\nexport const unused = () => 2;\n`,
  'src/modules/users/index.ts': `export const forgotten = 1;\n`,
};

describe('npm run unused', () => {
  let tree: PlantedTree;
  let output: string;
  let status: number | null;

  beforeAll(() => {
    tree = plant(FILES);
    const knip = join(ROOT, 'node_modules', 'knip', 'bin', 'knip.js');
    const run = spawnSync(process.execPath, [knip, '--config', CONFIG, '--include', 'files,exports'], {
      cwd: tree.folder,
      encoding: 'utf8',
    });
    ({ stdout: output, status } = run);
  });

  afterAll(() => tree.remove());

  it('names an export that nothing imports', () => {
    expect(output).toMatch(/unused .*src\/parts\.ts/);
  });

  it('names a file that nothing imports', () => {
    expect(output).toMatch(/src\/modules\/users\/index\.ts/);
  });

  it('accepts what is imported, and fails', () => {
    expect(output).not.toMatch(/^used /m);
    expect(status).toBe(1);
  });
});
