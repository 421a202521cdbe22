// `npm run simulate -- --seeds 200 --seed 1` and `npm run simulate:mutants`; `--lane` is how they start their helpers.
import { createRequire } from 'node:module';
import { registerTypeScript } from './loader.mjs';
import { findMutant, MUTANTS } from './mutants/mutants.mjs';

const name = process.env.SIMULATION_MUTANT;
registerTypeScript(name === undefined ? undefined : findMutant(name));
const require = createRequire(import.meta.url);
const [mode] = process.argv.slice(2);

if (mode === '--lane') {
  process.argv.splice(2, 1);
  require('./install.ts');
  require('./lane.ts');
} else if (mode === '--mutants') {
  process.argv.splice(2, 1);
  const { checkMutants } = require('./mutants/hunt.ts');
  process.exitCode = (await checkMutants(MUTANTS.map((mutant) => mutant.name))) === 0 ? 0 : 1;
} else {
  require('./main.ts');
}
