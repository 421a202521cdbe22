/** Changes the direction of the surrounding text, so that a name can look like another name. */
const DIRECTION_CONTROL = /[\u202A-\u202E\u2066-\u2069]/u;
/** Draws nothing. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\u2800\p{Cc}]/gu;
/** Two invisible characters that control how letters of Arabic and Indic scripts join. */
const JOINER = /(?<=[\p{L}\p{M}])[\u200C\u200D](?=\p{L})/gu;
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** The largest number of characters that a name may have. */
export const LONGEST_NAME = 200;

/**
 * The stored and printed form of a name: NFKC, so that full-width letters and circled digits become plain ones, without
 * invisible characters, with single spaces. Idempotent. The caller limits the length first.
 */
export function normaliseName(text: string): string {
  const joiners = new Set([...text.matchAll(JOINER)].map(({ index }) => index));
  return text
    .replace(INVISIBLE, (character, index: number) =>
      joiners.has(index) ? character : /\s/.test(character) ? ' ' : '',
    )
    .normalize('NFKC')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** Why the name is not allowed, as text that follows the field name. Undefined when it is allowed. */
export function findNameProblem(text: string): string | undefined {
  if (DIRECTION_CONTROL.test(text)) return 'must not contain characters that change the direction of text';
  const name = normaliseName(text);
  if (!VISIBLE.test(name)) return 'must have a visible character';
  if ([...name].length > LONGEST_NAME) return `must have at most ${LONGEST_NAME} characters`;
  return undefined;
}
