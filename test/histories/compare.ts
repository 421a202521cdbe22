import { isDeepStrictEqual } from 'node:util';
import type Stripe from 'stripe';
import { inTurn } from './in-turn';
import { judge } from './oracle/access-oracle';
import { recordOf, totalsOf, type RecordedInvoice } from './oracle/money-oracle';
import { readTruth, type Truth } from './oracle/truth';
import type { Scene } from './scene';
import { readAccess, readInvoices, readRecords } from './shown';
import type { Stage } from './stage';

const NOTHING: Truth = {
  ...{ subscriptions: [], invoices: [], charges: [], refunds: [], disputes: [], sessions: [] },
};

/** One of so many students looks at the list of invoices. */
const LOOKING = 3;

/** What differs for one history: in words, with what was expected and what was seen. */
export interface Difference {
  readonly scene: Scene;
  readonly what: string;
  readonly expected: unknown;
  readonly seen: unknown;
}

/** Compares what is shown to each student, and what is recorded, with the objects at Stripe made since. */
export async function compare(stage: Stage, scenes: readonly Scene[], since: number): Promise<Difference[]> {
  const truths = await readTruth(stage.app.stripe, since);
  const records = await readRecords(
    stage.app,
    scenes.map(({ student }) => student.id),
  );
  const found = await inTurn(scenes, async (scene) => {
    const customer = await scene.customer();
    const truth = (customer === undefined ? undefined : truths.get(customer)) ?? NOTHING;
    const differences = await compareRecorded(scene, truth, records.get(scene.student.id) ?? []);
    // Stripe is asked for each of these, so some of the students look at them.
    return scene.place % LOOKING === 0
      ? [...differences, ...(await compareListed(scene, truth))]
      : differences;
  });
  return found.flat();
}

async function compareRecorded(
  scene: Scene,
  truth: Truth,
  recorded: readonly RecordedInvoice[],
): Promise<Difference[]> {
  const { stage, student, grants } = scene;
  const verdicts = judge({
    truth,
    grants: grants.map(({ endsAt }) => endsAt),
    terms: stage.terms,
    now: stage.app.sandbox.now(),
  });
  const { agrees, ...access } = await readAccess(student);
  const answer = `${access.state}: ${access.reason}`;
  stage.answers.set(answer, (stage.answers.get(answer) ?? 0) + 1);
  const expected = verdicts.find((verdict) => isDeepStrictEqual(verdict, access)) ?? verdicts[0];
  const record = recordOf(truth);
  const pairs: [what: string, expected: unknown, seen: unknown][] = [
    ['access', expected, access],
    ['getMyAccess and getSubscriptionStatus agree', true, agrees],
    ['record of money', onlyIn(record, recorded), onlyIn(recorded, record)],
  ];
  return pairs.flatMap(([what, wanted, seen]) => differenceOf(scene, what, [wanted, seen]));
}

const compareListed = async (scene: Scene, truth: Truth): Promise<Difference[]> =>
  differenceOf(scene, 'list of invoices', [listOf(truth), await readInvoices(scene.student)]);

const differenceOf = (
  scene: Scene,
  what: string,
  [expected, seen]: readonly [unknown, unknown],
): Difference[] => (isDeepStrictEqual(expected, seen) ? [] : [{ scene, what, expected, seen }]);

const onlyIn = <T>(all: readonly T[], others: readonly T[]): T[] =>
  all.filter((one) => !others.some((other) => isDeepStrictEqual(one, other)));

/** What was voided or written off is not owed any more. */
const owedOf = ({ status, amount_remaining: rest }: Stripe.Invoice): number => (status === 'open' ? rest : 0);

/** Without drafts, as a student sees them. */
const listOf = ({ invoices }: Truth): Map<string, string> =>
  new Map(
    invoices
      .filter(({ status }) => status !== 'draft')
      .map((one) => [one.id, [one.status, one.total, one.amount_paid, owedOf(one)].join(' ')]),
  );

/** What revenue says of the last twelve months against all money that moved. Empty: the same. */
export async function compareTotals(stage: Stage): Promise<string[]> {
  const totals = totalsOf([...(await readTruth(stage.app.stripe, 0)).values()]);
  const { body } = await stage.operator.get('/revenue');
  return (body['months'] as { month: string; gross: number; refunded: number }[]).flatMap((shown) => {
    const { gross, refunded } = totals.get(shown.month) ?? { gross: 0, refunded: 0 };
    return gross === shown.gross && refunded === shown.refunded
      ? []
      : [`${shown.month}: moved ${gross} - ${refunded}, shown ${shown.gross} - ${shown.refunded}`];
  });
}
