import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { median, type Figure, type Measurement, type SuiteResult } from './bench';

const number = (value: number | undefined, width: number, digits = 0): string =>
  (value === undefined ? '' : value.toFixed(digits)).padStart(width);

const column = (text: string, width: number): string => text.padStart(width);

export function printSuite({ name, measured, figures }: SuiteResult): void {
  const titles = [
    name.padEnd(48),
    column('per s', 8),
    column('p50 ms', 8),
    column('p99 ms', 8),
    column('failed', 7),
    column('done/s', 8),
    column('noise', 6),
  ];
  console.log(`\n${titles.join(' ')}`);
  for (const line of measured) console.log(toLine(line));
  for (const figure of figures) console.log(describe(figure));
}

function toLine(measured: Measurement): string {
  return [
    measured.name.padEnd(48),
    number(measured.perSecond, 8),
    number(measured.p50, 8, 1),
    number(measured.p99, 8, 1),
    number(measured.failed, 7),
    number(measured.processedPerSecond, 8),
    `${number(measured.spread * 100, 5)}%`,
  ].join(' ');
}

function describe(figure: Figure): string {
  const { name, values, better, goal, gate } = figure;
  const relation = better === 'higher' ? '>=' : '<=';
  const value = median(values);
  const range = values.length > 1 ? ` (${digits(Math.min(...values))}-${digits(Math.max(...values))})` : '';
  const met = isBeyond(value, goal, better) ? 'below goal' : 'goal met';
  const gated =
    gate === undefined ? '' : `, fails ${better === 'higher' ? 'below' : 'above'} ${digits(gate)}`;
  return `  ${name}: ${digits(value)}${range}; goal ${relation} ${digits(goal)}: ${met}${gated}`;
}

const digits = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(2));

const isBeyond = (value: number, limit: number, better: Figure['better']): boolean =>
  !(better === 'higher' ? value >= limit : value <= limit);

/** What fails the run: a figure beyond its gate, or an answer that was not a success. */
export function listFailures(suites: readonly SuiteResult[]): string[] {
  return suites.flatMap(({ measured, figures }) => [
    ...measured
      .filter(({ failed }) => failed > 0)
      .map(({ name, failed }) => `${name}: ${failed} requests failed`),
    ...figures
      .filter(({ values, gate, better }) => gate !== undefined && isBeyond(median(values), gate, better))
      .map(({ name, values, gate }) => `${name}: ${digits(median(values))} is beyond ${digits(gate ?? 0)}`),
  ]);
}

export async function writeJson(file: string, suites: readonly SuiteResult[]): Promise<void> {
  const report = { at: new Date().toISOString(), node: process.version, cores: cpus().length, suites };
  await writeFile(file, JSON.stringify(report, null, 2));
}
