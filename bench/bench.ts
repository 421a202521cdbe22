import type { Generator } from './generator/generator';

/** How long and how often everything is measured. */
export interface Scale {
  readonly rounds: number;
  readonly durationMs: number;
  readonly warmUpMs: number;
}

export const SCALES = {
  quick: { rounds: 3, durationMs: 1200, warmUpMs: 400 },
  full: { rounds: 5, durationMs: 3000, warmUpMs: 1000 },
} as const satisfies Record<string, Scale>;

export interface Bench {
  readonly generator: Generator;
  readonly scale: Scale;
  readonly connections: number;
}

/** A number that has a goal. A ratio compares two contenders of the same round. */
export interface Figure {
  readonly name: string;
  /** One value per round. */
  readonly values: readonly number[];
  readonly better: 'higher' | 'lower';
  readonly goal: number;
  /** Beyond this the run fails. Undefined: reported only. */
  readonly gate?: number;
}

export interface SuiteResult {
  readonly name: string;
  readonly measured: readonly Measurement[];
  readonly figures: readonly Figure[];
}

/** The rounds of one contender, as medians. */
export interface Measurement {
  readonly name: string;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly failed: number;
  readonly processedPerSecond?: number;
  /** Largest rate minus smallest, as a share of the median: the noise of this run. */
  readonly spread: number;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
