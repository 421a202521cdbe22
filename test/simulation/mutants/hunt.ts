/**
 * Finds the seed that catches each planted bug (`--hunt`), or replays the known ones: the bug must be caught by its
 * seed, and the code as it is must keep every promise with the same seed.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Lane, withLanePool, type LanePool } from '../lanes';

interface Catch {
  readonly seed: number;
  readonly invariant: string;
}

type Catches = Record<string, Catch>;

const FILE = join(__dirname, 'catches.json');
/** A change of the code moves what a seed leads to: a replay that misses looks so far for another seed. */
const NEARBY = 300;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

export async function checkMutants(names: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    options: {
      hunt: { type: 'boolean', default: false },
      only: { type: 'string' },
      limit: { type: 'string', default: '10000' },
      lanes: { type: 'string', default: String(availableParallelism()) },
    },
  });
  const known: Catches = existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as Catches) : {};
  const wanted = names.filter((name) => values.only === undefined || values.only.split(',').includes(name));
  const check = new MutantCheck(known, Number(values.lanes), Number(values.limit));
  return withLanePool((pool) => (values.hunt ? check.hunt(pool, wanted) : check.replay(pool, wanted)));
}

class MutantCheck {
  private failures = 0;

  constructor(
    private readonly catches: Catches,
    private readonly lanes: number,
    /** Each bug must be caught within so many schedules. */
    private readonly limit: number,
  ) {}

  async hunt(pool: LanePool, names: readonly string[]): Promise<number> {
    await this.each(
      names,
      async (name, lane) => {
        const found = await huntOne(lane, { first: this.catches[name]?.seed, limit: this.limit });
        if (found === undefined) {
          this.fail(`${name}: not caught within ${this.limit} schedules`);
          delete this.catches[name];
        } else {
          say(`${name}: seed ${found.seed} breaks ${found.invariant}`);
          this.catches[name] = found;
        }
        const sorted = Object.entries(this.catches).sort(([a], [b]) => a.localeCompare(b));
        writeFileSync(FILE, `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`);
      },
      pool,
    );
    return this.failures;
  }

  async replay(pool: LanePool, names: readonly string[]): Promise<number> {
    await this.each(
      names,
      async (name, lane) => {
        const known = this.catches[name];
        if (known === undefined)
          return this.fail(`${name}: no seed is known; run npm run simulate:mutants -- --hunt`);
        const found = await huntOne(lane, { first: known.seed, limit: NEARBY });
        if (found === undefined)
          return this.fail(`${name}: neither seed ${known.seed} nor 1 to ${NEARBY} catch it`);
        const moved = found.seed === known.seed ? '' : `, not ${known.seed} any more: run --hunt`;
        say(`${name}: seed ${found.seed} breaks ${found.invariant}${moved}`);
      },
      pool,
    );
    await this.playUnchanged(pool, names);
    say(`${names.length - this.failures} of ${names.length} planted bugs were caught by their seeds`);
    return this.failures;
  }

  /** With the code as it is, the same seeds break nothing. */
  private async playUnchanged(pool: LanePool, names: readonly string[]): Promise<void> {
    const lane = await Lane.start(pool, `${pool.template}_unchanged`);
    const seeds = new Set(names.flatMap((name) => this.catches[name]?.seed ?? []));
    for (const seed of seeds) {
      const { violation } = await lane.play(seed);
      if (violation !== undefined)
        this.fail(`seed ${seed} breaks ${violation.invariant} without any bug planted`);
    }
    await lane.stop();
  }

  private async each(
    names: readonly string[],
    work: (name: string, lane: Lane) => Promise<void>,
    pool: LanePool,
  ): Promise<void> {
    const left = [...names];
    const runLane = async (number: number): Promise<void> => {
      for (let name = left.shift(); name !== undefined; name = left.shift()) {
        const lane = await Lane.start(pool, `${pool.template}_${number}_${left.length}`, name);
        try {
          await work(name, lane);
        } finally {
          await lane.stop();
        }
      }
    };
    await Promise.all(Array.from({ length: this.lanes }, (_, index) => runLane(index + 1)));
  }

  private fail(text: string): void {
    this.failures += 1;
    say(`FAILED ${text}`);
  }
}

/** The known seed first, then all from 1 on. */
async function huntOne(
  lane: Lane,
  { first, limit }: { first: number | undefined; limit: number },
): Promise<Catch | undefined> {
  const play = async (seed: number): Promise<Catch | undefined> => {
    const { violation } = await lane.play(seed);
    return violation && { seed, invariant: violation.invariant };
  };
  const known = first === undefined ? undefined : await play(first);
  if (known !== undefined) return known;
  for (let seed = 1; seed <= limit; seed += 1) {
    const found = await play(seed);
    if (found !== undefined) return found;
  }
  return undefined;
}
