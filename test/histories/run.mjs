// The long form of test/e2e/convergence.e2e-spec.ts: `npm run test:histories -- --histories 20000 --seed 7`.
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    histories: { type: 'string', default: '20000' },
    seed: { type: 'string', default: String(randomInt(2 ** 30)) },
  },
});
for (const [name, value] of Object.entries(values)) {
  if (!/^\d+$/.test(value)) throw new Error(`--${name} is a whole number, not ${value}`);
}
process.stdout.write(`${values.histories} histories, seed ${values.seed}\n`);
const jest = spawn(
  process.execPath,
  ['node_modules/jest/bin/jest.js', '--selectProjects', 'e2e', '-i', 'test/e2e/convergence.e2e-spec.ts'],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
      HISTORIES: values.histories,
      HISTORIES_SEED: values.seed,
    },
  },
);
jest.on('exit', (code) => process.exit(code ?? 1));
