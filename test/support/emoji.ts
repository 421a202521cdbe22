/** A text of so many characters, each with two UTF-16 units, that is neither a sequence nor a repetition of a few. */
export const emoji = (length: number): string =>
  Array.from({ length }, (_, at) => String.fromCodePoint(0x1f600 + ((at * 7) % 61))).join('');
