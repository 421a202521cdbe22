import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import type { LaneReply } from './lane';
import { Lane, withLanePool, type LanePool } from './lanes';

interface Options {
  readonly seeds: number;
  readonly firstSeed: number;
  readonly seconds: number;
  readonly lanes: number;
  readonly mutant: string | undefined;
  readonly withText: boolean;
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '200' },
      seed: { type: 'string', default: String(randomInt(2 ** 30)) },
      seconds: { type: 'string', default: '0' },
      lanes: { type: 'string', default: String(availableParallelism()) },
      mutant: { type: 'string' },
      story: { type: 'boolean', default: false },
    },
  });
  const { seeds, seed, seconds, lanes } = values;
  for (const [name, value] of Object.entries({ seeds, seed, seconds, lanes })) {
    if (!/^\d+$/.test(value)) throw new Error(`--${name} is a whole number, not ${value}`);
  }
  return {
    seeds: Number(seconds) > 0 ? Infinity : Number(seeds),
    firstSeed: Number(seed),
    seconds: Number(seconds),
    lanes: Math.max(1, Math.min(Number(lanes), Number(seeds))),
    mutant: values.mutant,
    withText: values.story,
  };
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);

class Simulation {
  private startedMs = 0;
  private played = 0;
  private lines = 0;
  private next: number;
  private failure: LaneReply | undefined;

  constructor(private readonly options: Options) {
    this.next = options.firstSeed;
  }

  async run(): Promise<number> {
    const { lanes, mutant, firstSeed } = this.options;
    say(
      `schedules from seed ${firstSeed}, ${lanes} at a time${mutant === undefined ? '' : `, mutant ${mutant}`}`,
    );
    await withLanePool(async (pool) => {
      this.startedMs = performance.now();
      await Promise.all(Array.from({ length: lanes }, (_, index) => this.runLane(pool, index + 1)));
    });
    return this.report();
  }

  private async runLane(pool: LanePool, number: number): Promise<void> {
    const lane = await Lane.start(pool, `${pool.template}_${number}`, this.options.mutant);
    try {
      for (let seed = this.takeSeed(); seed !== undefined; seed = this.takeSeed()) {
        this.note(await lane.play(seed, this.options.withText));
      }
    } finally {
      await lane.stop();
    }
  }

  private takeSeed(): number | undefined {
    const { seeds, seconds, firstSeed } = this.options;
    const isLate = seconds > 0 && performance.now() - this.startedMs > seconds * 1000;
    if (isLate || this.failure !== undefined || this.next >= firstSeed + seeds) return undefined;
    return this.next++;
  }

  private note(reply: LaneReply): void {
    this.played += 1;
    this.lines += reply.steps;
    if (this.options.withText) say(`${reply.text ?? ''}\nseed ${reply.seed}: trace ${reply.traceHash}`);
    if (reply.violation === undefined) return;
    if (this.failure === undefined || reply.seed < this.failure.seed) this.failure = reply;
  }

  private report(): number {
    const seconds = (performance.now() - this.startedMs) / 1000;
    const { played, failure, lines, next, options } = this;
    if (failure?.text !== undefined && !options.withText) say(failure.text);
    say(
      `${played} schedules (seeds ${options.firstSeed} to ${next - 1}), ${lines} lines of story, ` +
        `${seconds.toFixed(1)} s, ${(played / seconds).toFixed(1)} schedules a second`,
    );
    if (failure === undefined) {
      say('every promise was kept');
      return 0;
    }
    say(`seed ${failure.seed} breaks ${failure.violation?.invariant}: ${failure.violation?.what}`);
    say(`trace ${failure.traceHash}; again: npm run simulate -- --seeds 1 --seed ${failure.seed} --story`);
    return 1;
  }
}

void new Simulation(readOptions()).run().then(
  // No exit() here: it would cut the story off.
  (code) => void (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 1;
  },
);
