import { loadSigningKeySet } from 'src/config/signing-key-set';
import { startOrExit } from 'src/common/process/start-or-exit';
import { generateSigningKey } from './keys/generate-signing-key';
import { rotateKeys } from './keys/rotate-keys';

/**
 * `npm run keys:rotate` prints the next value of AUTH_SIGNING_KEYS, derived from the current one in the environment.
 * `npm run keys:generate` prints a first value. Standard output has one line and nothing else, because it is a secret.
 */
startOrExit('keys', () => {
  const keys = process.argv.includes('--rotate') ? loadSigningKeySet() : [];
  if (process.argv.includes('--rotate') && keys.length === 0) {
    throw new Error('AUTH_SIGNING_KEYS is not set. Create a first value with npm run keys:generate');
  }
  process.stdout.write(`${JSON.stringify({ keys: rotateKeys(keys, generateSigningKey) })}\n`);
  return Promise.resolve();
});
