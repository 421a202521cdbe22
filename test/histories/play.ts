import { Student } from '../support/student';
import { runOf } from './acts/acts';
import { compare, type Difference } from './compare';
import type { Batch } from './history';
import { inTurn } from './in-turn';
import { Scene } from './scene';
import type { Stage } from './stage';

const LATER_MS = 10_000;

/** One history that did not end as it should. */
export interface Failure {
  /** Its place in the batch. */
  readonly index: number;
  readonly story: readonly string[];
  readonly what: readonly string[];
}

/** Plays the histories of a batch side by side, and says which of them ended wrong. */
export async function play(stage: Stage, batch: Batch): Promise<Failure[]> {
  const since = stage.app.sandbox.now();
  const scenes = await inTurn(batch.histories, async (_, place) => {
    const student = await Student.register(stage.app.apiUrl);
    return new Scene(stage, student, place);
  });
  const failures = new Map<number, string[]>();
  for (const [stretch, days] of batch.days.entries()) {
    await inTurn(scenes, (scene, index) => act(scene, { batch, index, stretch, failures }));
    await carry(stage, batch, scenes);
    await stage.pass(days);
    for (const { story } of scenes) story.push(`... ${days} days pass`);
    const isLast = stretch === batch.days.length - 1;
    if (!isLast && batch.looks[stretch] !== true) continue;
    for (const difference of await look(stage, scenes, since)) {
      const index = scenes.indexOf(difference.scene);
      failures.set(index, [...(failures.get(index) ?? []), describeDifference(difference)]);
    }
    if (failures.size > 0) break;
  }
  await stage.clear();
  return [...failures].map(([index, what]) => ({ index, what, story: scenes[index]?.story ?? [] }));
}

interface Turn {
  readonly batch: Batch;
  readonly index: number;
  readonly stretch: number;
  readonly failures: Map<number, string[]>;
}

async function act(scene: Scene, { batch, index, stretch, failures }: Turn): Promise<void> {
  const steps = batch.histories[index]?.steps ?? [];
  for (const { act: name } of steps.filter((step) => step.stretch === stretch)) {
    try {
      scene.story.push(`${name}: ${String(await runOf(name)(scene))}`);
    } catch (error) {
      scene.story.push(`${name}: ${String(error)}`);
      failures.set(index, [...(failures.get(index) ?? []), String(error)]);
    }
  }
}

async function carry(stage: Stage, { histories }: Batch, scenes: readonly Scene[]): Promise<void> {
  const chances = new Map<string, number>();
  for (const [index, scene] of scenes.entries()) {
    const customer = await scene.customer();
    if (customer !== undefined) chances.set(customer, histories[index]?.chance ?? 0);
  }
  await stage.deliveries.carry((customer) => chances.get(customer));
}

/** What still differs after everything has come to rest. A read may have asked for one more sync. */
async function look(stage: Stage, scenes: readonly Scene[], since: number): Promise<Difference[]> {
  await stage.quiesce();
  let differences = await compare(stage, scenes, since);
  for (const end = Date.now() + LATER_MS; differences.length > 0 && Date.now() < end;) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await stage.quiesce();
    const again = [...new Set(differences.map(({ scene }) => scene))];
    differences = await compare(stage, again, since);
  }
  return differences;
}

const describeDifference = ({ what, expected, seen }: Difference): string =>
  `${what}\n    expected ${text(expected)}\n    seen     ${text(seen)}`;

const text = (value: unknown): string =>
  JSON.stringify(value instanceof Map ? Object.fromEntries(value) : value);
