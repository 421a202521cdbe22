/** Times of one kind of request, in milliseconds. */
export interface Measured {
  readonly count: number;
  readonly failed: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

export function summarise(times: readonly number[], failed: number, elapsedMs: number): Measured {
  const sorted = times.toSorted((a, b) => a - b);
  return {
    count: times.length,
    failed,
    perSecond: (times.length / elapsedMs) * 1000,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
  };
}

/** Runs `count` requests, `concurrency` at a time. A request that resolves to false has failed. */
export async function load(
  { count, concurrency }: { count: number; concurrency: number },
  request: (n: number) => Promise<boolean>,
): Promise<Measured> {
  const times: number[] = [];
  let failed = 0;
  let next = 0;
  const started = performance.now();
  const lane = async () => {
    while (next < count) {
      const n = next++;
      const at = performance.now();
      if (!(await request(n))) failed += 1;
      times.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  return summarise(times, failed, performance.now() - started);
}

const number = (value: number, width: number, digits = 0) => value.toFixed(digits).padStart(width);

export function row(name: string, measured: Measured, baseline: Measured): string {
  const ratio = measured.perSecond / baseline.perSecond;
  return [
    name.padEnd(44),
    number(measured.perSecond, 8),
    number(measured.p50, 8, 1),
    number(measured.p99, 8, 1),
    number(measured.failed, 7),
    number(ratio, 7, 2),
  ].join(' ');
}

export const HEADER = ['what'.padEnd(44), '   per s', '  p50 ms', '  p99 ms', ' failed', '  ratio'].join(' ');
