import { parseArgs } from 'node:util';
import { Logger } from '@nestjs/common';
import globalSetup from '../test/support/global-setup';
import globalTeardown from '../test/support/global-teardown';
import { SCALES, type Bench, type SuiteResult } from './bench';
import { Generator } from './generator/generator';
import { listFailures, printSuite, writeJson } from './report';
import { measureAcknowledging } from './suites/acknowledge';
import { measureProcessing } from './suites/processing';
import { measureReading } from './suites/reading';
import { run as measureSearch } from './suites/search';

const CONNECTIONS = 32;
const USAGE = `npm run bench -- [--quick] [--only acknowledge,reading,processing,search] [--json FILE]`;

const SUITES = { acknowledge: measureAcknowledging, reading: measureReading, processing: measureProcessing };

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean' },
      only: { type: 'string' },
      json: { type: 'string' },
    },
  });
  // Only the tables are printed.
  Logger.overrideLogger(false);
  process.env['TEST_POSTGRES_DURABLE'] = '1';
  process.env['REQUIRE_REDIS'] = '1';
  await globalSetup();
  const generator = new Generator();
  try {
    const scale = SCALES[values.quick === true ? 'quick' : 'full'];
    const bench = { generator, scale, connections: CONNECTIONS };
    const suites = await runSuites(bench, values.only?.split(','));
    if (values.json !== undefined) await writeJson(values.json, suites);
    const failures = listFailures(suites);
    for (const failure of failures) console.error(`FAILED  ${failure}`);
    if (failures.length > 0) process.exitCode = 1;
  } finally {
    generator.stop();
    await globalTeardown();
  }
}

async function runSuites(bench: Bench, only: readonly string[] | undefined): Promise<SuiteResult[]> {
  const results: SuiteResult[] = [];
  const isWanted = (name: string) => only === undefined || only.includes(name);
  for (const [name, measure] of Object.entries(SUITES)) {
    if (!isWanted(name)) continue;
    const result = await measure(bench);
    printSuite(result);
    results.push(result);
  }
  if (isWanted('search')) await measureSearch();
  return results;
}

main().catch((error: unknown) => {
  console.error(error);
  console.error(USAGE);
  process.exitCode = 1;
});
