import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLogFile } from './log-file';
import { loadSecrets } from './secrets';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'course-companion-spec-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('loadSecrets', () => {
  it('creates secrets once, readable by their owner only', () => {
    const path = join(folder, 'new', 'secrets.json');

    const first = loadSecrets(path);

    expect(loadSecrets(path)).toEqual(first);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(first.auth_signing_keys.keys[0]).toMatchObject({
      kty: 'EC',
      crv: 'P-256',
      alg: 'ES256',
      use: 'sig',
    });
  });

  it.each(['', '{}', '{"stripe_secret_key":"sk_live_1"}'])('refuses a damaged file (%s)', (text) => {
    const path = join(folder, 'secrets.json');
    writeFileSync(path, text);

    expect(() => loadSecrets(path)).toThrow(/secrets\.json is damaged\. Delete it/);
  });
});

describe('openLogFile', () => {
  it('exceeds its limit by at most one write and keeps one older file', () => {
    const path = join(folder, 'logs', 'web.log');
    const log = openLogFile(path, 100);

    for (let line = 0; line < 20; line += 1) log.write(`line ${String(line).padStart(2, '0')}\n`);

    expect(statSync(path).size).toBeLessThanOrEqual(100);
    expect(statSync(`${path}.1`).size).toBeLessThanOrEqual(100);
    expect(log.tail().at(-1)).toBe('line 19');
  });
});
