import { measureMemory } from './memory';
import { measureThroughput } from './throughput';
import { measureReading, measureYear } from './year';

/** Figures are for reading, on a machine that may be shared; only ratios decide whether it passes. */
async function main(): Promise<void> {
  await measureThroughput();
  const failures = [...(await measureYear()), ...(await measureReading()), ...(await measureMemory())];
  for (const failure of failures) console.error(`FAILED: ${failure}`);
  process.exitCode = failures.length > 0 ? 1 : 0;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
