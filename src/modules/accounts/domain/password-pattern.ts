const ROWS = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop[]',
  "asdfghjkl;'",
  'zxcvbnm,./',
  'qwertzuiop',
  'azertyuiop',
];

/** What one run of a sequence must cover on average; below that, the rest is the owner's. */
const CHARACTERS_PER_RUN = 4;

const follows = (a: string, b: string): boolean => ROWS.some((row) => row.includes(a + b));

/** How two neighbours relate: the same, one step forward, one step back; undefined when they do not. */
function stepOf(a: string, b: string): 'same' | 'forward' | 'back' | undefined {
  if (a === b) return 'same';
  if (follows(a, b)) return 'forward';
  return follows(b, a) ? 'back' : undefined;
}

/** Whether a password in lower case is little more than steps along the alphabet, the digits or the keyboard. */
export function isSequence(password: string): boolean {
  const characters = [...password];
  let runs = characters.length === 0 ? 0 : 1;
  let step: ReturnType<typeof stepOf> | 'any' = 'any';
  for (let at = 1; at < characters.length; at += 1) {
    const next = stepOf(characters[at - 1] ?? '', characters[at] ?? '');
    const goesOn: boolean = next !== undefined && (step === 'any' || step === next);
    if (!goesOn) runs += 1;
    step = goesOn ? next : 'any';
  }
  return runs > 0 && characters.length / runs >= CHARACTERS_PER_RUN;
}

/** The shortest text whose repetition the password is, the last time perhaps cut off; undefined when there is none. */
export function repeatedUnitOf(password: string): string | undefined {
  const characters = [...password];
  for (let period = 1; period <= characters.length / 2; period += 1) {
    if (characters.every((character, at) => character === characters[at % period])) {
      return characters.slice(0, period).join('');
    }
  }
  return undefined;
}
