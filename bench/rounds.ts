import { median, type Bench, type Measurement } from './bench';
import type { LoadPlan, LoadResult } from './generator/plan';

/** One way to do the work. */
export interface Contender {
  readonly name: string;
  readonly port: number;
  readonly requests: LoadPlan['requests'];
  /** Events that its worker has processed so far. */
  readonly countProcessed?: () => Promise<number>;
  /** Resolves when its worker has nothing left to do, so that the next contender has the machine to itself. */
  readonly settle?: () => Promise<void>;
}

interface Round extends LoadResult {
  readonly processedPerSecond?: number;
}

export type Rate = Partial<Pick<LoadPlan, 'ratePerSecond' | 'connections'>>;

/** All contenders in turn, again and again: a busy neighbour then slows all of them down. */
export class Rounds {
  private readonly results = new Map<string, Round[]>();

  constructor(private readonly bench: Bench) {}

  async run(contenders: readonly Contender[], rate: Rate = {}): Promise<this> {
    for (let round = 0; round < this.bench.scale.rounds; round++) {
      const order = round % 2 === 0 ? contenders : contenders.toReversed();
      for (const contender of order) this.add(contender.name, await this.measure(contender, rate));
    }
    return this;
  }

  add(name: string, round: Round): void {
    this.results.set(name, [...(this.results.get(name) ?? []), round]);
  }

  /** Per round, the value of one contender divided by the value of another. */
  ratios(name: string, reference: string, pick: (round: Round) => number): number[] {
    const others = this.of(reference);
    return this.of(name).map((round, n) => pick(round) / pick(others[n] ?? round));
  }

  summaries(): Measurement[] {
    return [...this.results].map(([name, rounds]) => {
      const rates = rounds.map(perSecond);
      const processed = rounds
        .map((round) => round.processedPerSecond)
        .filter((value) => value !== undefined);
      return {
        name,
        perSecond: median(rates),
        p50: median(rounds.map(({ p50 }) => p50)),
        p99: median(rounds.map(p99)),
        failed: rounds.reduce((total, { failed }) => total + failed, 0),
        ...(processed.length === 0 ? {} : { processedPerSecond: median(processed) }),
        spread: (Math.max(...rates) - Math.min(...rates)) / median(rates),
      };
    });
  }

  private of(name: string): Round[] {
    const rounds = this.results.get(name);
    if (rounds === undefined) throw new Error(`${name} was not measured`);
    return rounds;
  }

  private async measure(contender: Contender, rate: Rate): Promise<Round> {
    const { generator, scale, connections } = this.bench;
    const before = await contender.countProcessed?.();
    const startedAt = performance.now();
    const result = await generator.run({
      port: contender.port,
      requests: contender.requests,
      connections,
      durationMs: scale.durationMs,
      warmUpMs: scale.warmUpMs,
      ...rate,
    });
    const after = await contender.countProcessed?.();
    const seconds = (performance.now() - startedAt) / 1000;
    await contender.settle?.();
    if (before === undefined || after === undefined) return result;
    return { ...result, processedPerSecond: (after - before) / seconds };
  }
}

export const perSecond = (round: Round): number => round.perSecond;
export const p99 = (round: Round): number => round.p99;
export const processedPerSecond = (round: Round): number => round.processedPerSecond ?? 0;
