import fc from 'fast-check';
import { compareTotals } from './compare';
import { batchOf, terms as anyTerms, type Batch } from './history';
import { play, type Failure } from './play';
import { shrink } from './shrink';
import { Stage } from './stage';

/** Histories that share a clock. More of them cost less each, and wait for each other. */
const BATCH = 100;
/** Batches on one application: its tables and its Stripe only grow. */
const BATCHES = 2;

export interface Run {
  readonly seed: number;
  readonly histories: number;
  /** Called when an application is done, with the answers that were compared on it. */
  readonly onProgress?: (played: number, answers: ReadonlyMap<string, number>) => void;
}

/** Plays histories that a seed draws. Returns the first story that ended wrong; undefined when none did. */
export async function playHistories({ seed, histories, onProgress }: Run): Promise<string | undefined> {
  const sizes = sizesOf(histories);
  const all = fc.sample(anyTerms, { seed, numRuns: Math.ceil(sizes.length / BATCHES) });
  let played = 0;
  for (const [number, terms] of all.entries()) {
    const stage = await Stage.open(terms, seed + number);
    const first = number * BATCHES;
    const part = { seed, first, played, sizes: sizes.slice(first, first + BATCHES) };
    const failure = await playOn(stage, part).finally(() => stage.close());
    if (failure !== undefined) return failure;
    played += part.sizes.reduce((sum, size) => sum + size, 0);
    onProgress?.(played, stage.answers);
  }
  return undefined;
}

/** The batches of one application. */
interface Part {
  readonly seed: number;
  /** The number of the first batch. */
  readonly first: number;
  readonly sizes: readonly number[];
  /** Histories before. */
  readonly played: number;
}

async function playOn(stage: Stage, { seed, first, sizes, played }: Part): Promise<string | undefined> {
  let before = played;
  for (const [place, size] of sizes.entries()) {
    const [batch] = fc.sample(batchOf(size), { seed: seed + first + place, numRuns: 1 });
    if (batch === undefined) continue;
    const failures = await play(stage, batch);
    if (failures.length > 0) return tell(stage, { batch, failures, seed, played: before });
    before += size;
  }
  const totals = await compareTotals(stage);
  return totals.length > 0
    ? `Seed ${seed}: revenue differs from what moved\n${totals.join('\n')}`
    : undefined;
}

function sizesOf(histories: number): number[] {
  const full = Array.from({ length: Math.floor(histories / BATCH) }, () => BATCH);
  const rest = histories % BATCH;
  return rest === 0 ? full : [...full, rest];
}

interface Found {
  readonly batch: Batch;
  readonly failures: readonly Failure[];
  readonly seed: number;
  /** Histories before this batch. */
  readonly played: number;
}

async function tell(stage: Stage, { batch, failures, seed, played }: Found): Promise<string> {
  const [first] = failures;
  if (first === undefined) return '';
  // On an application of its own: cards that had a trial are remembered.
  const alone = await Stage.open(stage.terms, seed);
  const smallest = await shrink(alone, batch, first.index).finally(() => alone.close());
  const { story, what } = smallest?.failure ?? first;
  return [
    `Seed ${seed}, history ${played + first.index + 1}; ${failures.length} of ${batch.histories.length} in its batch.`,
    `Terms: ${JSON.stringify(stage.terms)}`,
    smallest === undefined ? 'It does not fail alone. The whole history:' : 'The smallest form:',
    ...story.map((line) => `  ${line}`),
    ...what.map((line) => `  => ${line}`),
    ...failures
      .slice(1, 6)
      .map(({ index, what: [also] }) => `also history ${played + index + 1}: ${also ?? ''}`),
  ].join('\n');
}
