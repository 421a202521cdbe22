import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Snapshot } from './sandbox';
import { readSnapshot, writeSnapshot } from './snapshot-lines';

describe('a snapshot on disk', () => {
  const folder = mkdtempSync(join(tmpdir(), 'snapshot-'));
  const path = join(folder, 'state');
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is restored exactly, with any content and length', () => {
    const customers = Array.from({ length: 3_000 }, (_, i) => ({
      id: `cus_${i}`,
      name: `Zoë\n"Ä" ${'😀'.repeat(i % 200)}`,
    }));
    const snapshot: Snapshot = {
      version: 1,
      offset_seconds: 86_400,
      records: { customers, products: [{ id: 'prod_1' }] },
      jobs: [{ at: 1, seq: 2, kind: 'x', target: 'y' }],
      deliveries: [],
      idempotency: [['k', { fingerprint: 'f', at: 3 }]],
    };
    writeSnapshot(path, snapshot);
    expect(readSnapshot(path)).toEqual(snapshot);
  });

  it('is still read in the older single-object format', () => {
    const old = { version: 1, offset_seconds: 5, records: {}, jobs: [], deliveries: [], idempotency: [] };
    writeFileSync(path, JSON.stringify(old));
    expect(readSnapshot(path)).toEqual(old);
  });

  it.each(['', 'not json', '{"version":1}', '["sandbox",{"version":2,"offset_seconds":0}]'])(
    'is refused when it is something else: %s',
    (text) => {
      writeFileSync(path, text);
      expect(() => readSnapshot(path)).toThrow();
    },
  );
});
