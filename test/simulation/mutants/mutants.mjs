// Planted bugs: each is a small patch of one production file. A name says what is broken; `patches` may be several
// places of that file. A text that is no longer there makes `npm run simulate:mutants` fail: move the bug along.
import { engineMutants } from './engine.mjs';
import { paymentMutants } from './payments.mjs';
import { mailMutants } from './mails.mjs';
import { inboxMutants } from './inbox.mjs';

export const MUTANTS = [...inboxMutants, ...engineMutants, ...paymentMutants, ...mailMutants];

export function findMutant(name) {
  const found = MUTANTS.find((mutant) => mutant.name === name);
  if (found === undefined) throw new Error(`no mutant is called ${name}`);
  return found;
}
