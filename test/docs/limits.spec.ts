import { readFileSync } from 'node:fs';
import { limitsShape } from '../../src/config/limits.schema';
import { CONTEXT_WORDS } from '../../src/modules/accounts/domain/new-password';
import { attemptPolicies } from '../../src/modules/auth/domain/attempt-policies';

const text = readFileSync('docs/limits.md', 'utf8');
const DEFAULTS = {
  signInFreeFailures: 5,
  signInFreeFailuresPerAddress: 50,
  signInAlarmFailures: 100,
  registrationsPerAddress: 50,
};

describe('docs/limits.md', () => {
  it('lists every limit variable with its default', () => {
    const { TRUSTED_PROXIES, ...counts } = limitsShape;
    const missing = Object.entries(counts).filter(
      ([name, schema]) => !text.includes(`${schema.parse(undefined)} (\`${name}\`)`),
    );

    expect(missing).toEqual([]);
    expect(TRUSTED_PROXIES.parse(undefined)).toBeUndefined();
    expect(text).toContain('`TRUSTED_PROXIES`');
  });

  it('lists every limited kind of attempt', () => {
    const kinds = Object.keys(attemptPolicies(DEFAULTS)).filter((kind) => kind !== 'sign_in');

    expect(kinds.filter((kind) => !text.includes(`\`${kind}\``))).toEqual([]);
    expect(text).toContain('## Signing in');
  });

  it('lists the words that a password must not consist of', () => {
    expect(text).toContain(`these words: ${CONTEXT_WORDS.join(', ')}.`);
  });
});
