import { readFileSync } from 'node:fs';
import { DELETED_ROWS, KEPT_TABLES } from '../../src/modules/retention/domain/retention-policy';

describe('docs/retention.md', () => {
  it('says of each table what the policy says', () => {
    const rows = [...readFileSync('docs/retention.md', 'utf8').matchAll(/^\| `(\w+)` \| (.+) \|$/gm)].map(
      ([, table, kept]) => [table, kept],
    );

    expect(rows).toEqual([...DELETED_ROWS, ...KEPT_TABLES].map(({ table, kept }) => [table, kept]));
  });
});
