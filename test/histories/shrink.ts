import type { Batch } from './history';
import { play, type Failure } from './play';
import type { Stage } from './stage';

const MOST_ROUNDS = 12;

/**
 * The smallest history that still fails, by leaving out one step at a time. All candidates of a round are played side by
 * side. Undefined when the history alone does not fail: it needed the others, or the moment.
 */
export async function shrink(
  stage: Stage,
  { days, looks, histories }: Batch,
  index: number,
): Promise<{ readonly failure: Failure; readonly batch: Batch } | undefined> {
  let smallest: { failure: Failure; batch: Batch } | undefined;
  let candidates = [histories[index]].filter((history) => history !== undefined);
  for (let round = 0; round < MOST_ROUNDS && candidates.length > 0; round++) {
    const [failure] = await play(stage, { days, looks, histories: candidates });
    const failing = failure === undefined ? undefined : candidates[failure.index];
    if (failure === undefined || failing === undefined) break;
    smallest = { failure, batch: { days, looks, histories: [failing] } };
    candidates = failing.steps.map((_, left) => ({
      ...failing,
      steps: failing.steps.filter((__, place) => place !== left),
    }));
  }
  return smallest;
}
