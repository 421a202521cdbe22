import { foldText } from 'src/common/domain/fold-text';

const ARTICLES: ReadonlySet<string> = new Set(['a', 'an', 'the']);
/** In shorter words a typo cannot be distinguished from another word. */
const LETTERS_FOR_TYPO = 6;

/**
 * Whether `given` is, as a whole, one of the accepted forms. Case, punctuation, white space, typography and
 * diacritics do not matter. A leading article is allowed. A word of at least six letters may have one typo: one letter added,
 * missing or wrong, or two neighbours swapped. Any other word makes the answer wrong, so a list of keywords is never right.
 */
export function isAcceptedAnswer(given: string, accepted: readonly string[]): boolean {
  const words = toWords(given);
  return accepted.some((form) => {
    const expected = toWords(form);
    return (
      expected.length > 0 && expected.length === words.length && expected.every((w, i) => isSame(w, words[i]))
    );
  });
}

/** Lower-case words without punctuation, diacritics and a leading article. A minus sign before a number is a word. */
export function toWords(text: string): string[] {
  const words = foldText(text)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    // Through upper case, so that "ß" and "SS" fold to the same.
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll("'", '')
    .replace(/(?<![\p{L}\p{N}])-(?=\p{N})/gu, ' minus ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const [first = ''] = words;
  return words.length > 1 && ARTICLES.has(first) ? words.slice(1) : words;
}

function isSame(expected: string, given: string | undefined): boolean {
  if (given === undefined) return false;
  if (expected === given) return true;
  return (
    expected.length >= LETTERS_FOR_TYPO &&
    /^\p{L}+$/u.test(expected + given) &&
    isOneTypoApart(expected, given)
  );
}

/** True for different words that one insertion, deletion, substitution or swap of neighbours makes equal. */
export function isOneTypoApart(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  if (restA.slice(1) === restB.slice(1)) return true;
  if (restA.slice(1) === restB || restA === restB.slice(1)) return true;
  return restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2);
}
