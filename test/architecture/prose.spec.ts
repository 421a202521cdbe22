import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { plant, type PlantedTree } from './planted-tree';

const ROOT = resolve(__dirname, '..', '..');

/** A phrase of test/gates/terms.json, put together here so that this file passes the check itself. */
const PHRASE = ['for', 'ever'].join(' ');

/** Where the phrase is read, and where it is not. */
const FILES: Record<string, { text: string; isReported: boolean }> = {
  'docs/text.md': { text: `It waits ${PHRASE}.\n`, isReported: true },
  'docs/code.md': { text: `It says \`${PHRASE}\`.\n`, isReported: false },
  'src/comment.ts': { text: `// It waits ${PHRASE}.\nexport const x = 1;\n`, isReported: true },
  'src/doc-comment.ts': { text: `/** It waits ${PHRASE}. */\nexport const x = 1;\n`, isReported: true },
  'src/trailing-comment.ts': { text: `export const x = 1; // It waits ${PHRASE}.\n`, isReported: true },
  'src/string.ts': { text: `export const x = 'It waits ${PHRASE}.';\n`, isReported: true },
  'src/template.ts': {
    text: `export const x = (y: string) => \`\${y} waits ${PHRASE}.\`;\n`,
    isReported: true,
  },
  'src/code-in-comment.ts': { text: `// It says \`${PHRASE}\`.\nexport const x = 1;\n`, isReported: false },
  'test/title.spec.ts': { text: `it('waits ${PHRASE}', () => undefined);\n`, isReported: true },
};

describe('npm run prose', () => {
  let tree: PlantedTree;
  let output: string;
  let status: number | null;

  beforeAll(() => {
    tree = plant(Object.fromEntries(Object.entries(FILES).map(([path, { text }]) => [path, text])));
    const run = spawnSync(process.execPath, [join(ROOT, 'test', 'gates', 'prose.mjs')], {
      cwd: tree.folder,
      encoding: 'utf8',
    });
    ({ stdout: output, status } = run);
  });

  afterAll(() => tree.remove());

  it.each(Object.entries(FILES))('reads %s', (path, { isReported }) => {
    expect(output.includes(`${path}:`)).toBe(isReported);
  });

  it('fails', () => {
    expect(status).toBe(1);
  });

  it('fails when there is nothing to read', () => {
    const run = spawnSync(process.execPath, [join(ROOT, 'test', 'gates', 'prose.mjs'), 'no-such-file.md'], {
      cwd: tree.folder,
      encoding: 'utf8',
    });

    expect(run.status).toBe(1);
  });
});
