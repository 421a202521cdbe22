import type { Scene } from '../scene';
import { BANK_ACTS } from './bank-acts';
import { OPERATOR_ACTS } from './operator-acts';
import { PURCHASE_ACTS } from './purchase-acts';
import { STRIPE_ACTS } from './stripe-acts';
import { STUDENT_ACTS } from './student-acts';

/** Does one thing, or nothing when there is nothing to do it to. Returns what is worth telling of it. */
export type Act = (scene: Scene) => Promise<unknown>;

const GROUPS = {
  purchase: PURCHASE_ACTS,
  student: STUDENT_ACTS,
  operator: OPERATOR_ACTS,
  stripe: STRIPE_ACTS,
  bank: BANK_ACTS,
} satisfies Record<string, Readonly<Record<string, Act>>>;

export type ActName = {
  [Kind in keyof typeof GROUPS]: keyof (typeof GROUPS)[Kind];
}[keyof typeof GROUPS];

export const ACTS = Object.entries(GROUPS).flatMap(([kind, acts]) =>
  Object.entries(acts).map(([name, run]) => ({ kind, name: name as ActName, run })),
);

export const runOf = (name: ActName): Act => {
  const found = ACTS.find((act) => act.name === name);
  if (found === undefined) throw new Error(`no act is called ${name}`);
  return found.run;
};
