/** Changes the direction of the text around it; a name that carries one is printed as another. */
const DIRECTION_CONTROL = /[\u202A-\u202E\u2066-\u2069]/u;
/** Takes no space of its own and draws nothing. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\u2800\p{Cc}]/gu;
/** Between letters, two invisible characters decide how Arabic and Indian scripts join them. */
const JOINER = /(?<=[\p{L}\p{M}])[\u200C\u200D](?=\p{L})/gu;
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** The largest number of characters that a name may have. */
export const LONGEST_NAME = 200;

/**
 * A name as it is stored and printed: NFKC, so that full-width letters and circled digits become plain ones, without
 * invisible characters, with single spaces. Idempotent. The caller bounds the length first.
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

/** Why nobody may have this name, in words that follow the name of the field; undefined when somebody may. */
export function findNameProblem(text: string): string | undefined {
  if (DIRECTION_CONTROL.test(text)) return 'must not contain characters that change the direction of text';
  const name = normaliseName(text);
  if (!VISIBLE.test(name)) return 'must have a visible character';
  if ([...name].length > LONGEST_NAME) return `must have at most ${LONGEST_NAME} characters`;
  return undefined;
}
