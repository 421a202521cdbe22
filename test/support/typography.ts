import fc from 'fast-check';

const VARIANTS: Readonly<Record<string, readonly string[]>> = {
  '-': ['-', '‐', '‑', '‒', '–', '－'],
  ' ': [' ', '\u00A0', '\u2009', '\u202F', '\u3000'],
  "'": ["'", '’', '‘', 'ʼ'],
  '"': ['"', '“', '”', '„'],
};
const INVISIBLE = ['', '', '', '', '\u00AD', '\u200B', '\u200D', '\u2060', '\uFEFF'];
const FULL_WIDTH_OFFSET = 0xfee0;

function variantsOf(character: string): readonly string[] {
  const known = VARIANTS[character];
  if (known !== undefined) return known;
  const isAscii = /^[A-Za-z0-9]$/.test(character);
  return isAscii
    ? [character, String.fromCodePoint((character.codePointAt(0) ?? 0) + FULL_WIDTH_OFFSET)]
    : [character];
}

/** The text as other keyboards, word processors and copied pages write it. */
export const respelled = (text: string): fc.Arbitrary<string> =>
  fc
    .tuple(
      ...[...text].map((character) =>
        fc.tuple(fc.constantFrom(...INVISIBLE), fc.constantFrom(...variantsOf(character))),
      ),
    )
    .map((parts) => parts.flat().join(''));
