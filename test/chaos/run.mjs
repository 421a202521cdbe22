// Real processes under injected faults: `npm run chaos -- --seed 7 --faults 100 --rate 20`.
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
    // 0: each kind once.
    faults: { type: 'string', default: '0' },
    // Signed events a second.
    rate: { type: 'string', default: '20' },
  },
});
for (const [name, value] of Object.entries(values)) {
  if (!/^\d+$/.test(value)) throw new Error(`--${name} is a whole number, not ${value}`);
}
process.stdout.write(`chaos: seed ${values.seed}, faults ${values.faults}, rate ${values.rate}\n`);
const jest = spawn(
  process.execPath,
  ['node_modules/jest/bin/jest.js', '--config', 'test/jest/chaos.config.cjs', '-i'],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
      CHAOS_SEED: values.seed,
      CHAOS_FAULTS: values.faults,
      CHAOS_RATE: values.rate,
    },
  },
);
jest.on('exit', (code) => process.exit(code ?? 1));
