import fc from 'fast-check';
import { foldText } from './fold-text';

const TYPOGRAPHY = {
  '-': ['‐', '‑', '‒', '–', '−', '－'],
  "'": ['‘', '’', '‛', '′', 'ʼ', '´', '`'],
  '"': ['“', '”', '„', '«', '»', '″'],
  ' ': ['\u00A0', '\u2007', '\u2009', '\u202F', '\u3000'],
} as const;
const INVISIBLE = ['\u00AD', '\u200B', '\u200D', '\u2060', '\uFEFF', '\u202E'];

const variants = Object.entries(TYPOGRAPHY).flatMap(([plain, all]) =>
  all.map((variant) => [variant, plain] as const),
);
const codeOf = (text: string) => `U+${text.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`;

describe('foldText', () => {
  it.each(variants.map(([variant, plain]) => [codeOf(variant), variant, plain]))(
    'reads %s as its plain form',
    (_, variant, plain) => {
      expect(foldText(`few${variant}shot`)).toBe(`few${plain}shot`);
    },
  );

  it.each(INVISIBLE.map((mark) => [codeOf(mark), mark]))('drops the invisible %s', (_, mark) => {
    expect(foldText(`to${mark}ken`)).toBe('token');
  });

  it.each([
    ['ｔｏｋｅｎ', 'token'],
    ['ﬁne', 'fine'],
    ['①', '1'],
    ['cafe\u0301', 'café'],
    ['tokens — what', 'tokens   what'],
    ['tokens—what', 'tokens what'],
    ['–token', ' token'],
    ['-token', '-token'],
    ['−5 to –3', '-5 to -3'],
    ['few-shot', 'few-shot'],
  ])('reads %j as %j', (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  it('changes nothing that is folded already', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const once = foldText(text);
        expect(foldText(once)).toBe(once);
      }),
      { numRuns: 2000 },
    );
  });
});
