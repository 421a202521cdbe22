import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { loadSigningKeySet } from '../../src/config/signing-key-set';
import { generateSigningKey } from '../../src/cli/keys/generate-signing-key';

const BUILT = join('dist', 'src', 'cli', 'keys.js');

const run = (keys: string | undefined, ...flags: string[]) =>
  execFileSync(process.execPath, [BUILT, ...flags], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], ...(keys === undefined ? {} : { AUTH_SIGNING_KEYS: keys }) },
  });
const kidsOf = (text: string) => loadSigningKeySet({ AUTH_SIGNING_KEYS: text }).map(({ kid }) => kid);

describe('the commands for signing keys', () => {
  it('make a set of a key that signs and one that waits, on one line', () => {
    const line = run(undefined);

    expect(line.trim().split('\n')).toHaveLength(1);
    expect(new Set(kidsOf(line)).size).toBe(2);
  });

  it('rotate it: the waiting key signs, the one that signed is kept', () => {
    const first = run(undefined);
    const [signing, waiting] = kidsOf(first);
    const second = run(first, '--rotate');
    const third = run(second, '--rotate');

    expect(kidsOf(second)).toEqual([waiting, expect.any(String), signing]);
    expect(kidsOf(third)[2]).toBe(waiting);
    expect(kidsOf(third)).not.toContain(signing);
  });

  it.each([
    ['nothing to rotate', undefined, /Create a first value with npm run keys:generate/],
    ['rubbish', '{"keys":[{"kty":"EC","d":"very-secret"}]}', /not a JWKS/],
  ])('say what is wrong with %s, without quoting it', (_, keys, complaint) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [BUILT, '--rotate'], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], ...(keys === undefined ? {} : { AUTH_SIGNING_KEYS: keys }) },
    });

    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(complaint);
    expect(stderr).not.toContain('very-secret');
  });

  it('keeps a set of one key, as older installations have it, usable', () => {
    const one = generateSigningKey();

    expect(kidsOf(run(JSON.stringify({ keys: [one] }), '--rotate'))).toEqual([
      expect.any(String),
      expect.any(String),
      one.kid,
    ]);
  });
});
