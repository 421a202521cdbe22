import fc from 'fast-check';
import { findNameProblem, LONGEST_NAME, normaliseName } from './person-name';

describe('normaliseName', () => {
  it.each([
    ['Ａｄａ　Ｌｏｖｅｌａｃｅ', 'Ada Lovelace'],
    ['Ada ①', 'Ada 1'],
    ['  Ada \t Lovelace ', 'Ada Lovelace'],
    ['Ada\u200B\u00ADLovelace\uFEFF', 'AdaLovelace'],
    ['Ada\u00A0Lovelace', 'Ada Lovelace'],
    ['Zoe\u0308', 'Zoë'],
    ['ﬁona', 'fiona'],
    // These join letters and are part of how such names are written.
    ['می\u200Cخواهم', 'می\u200Cخواهم'],
    ['क्\u200Dष', 'क्\u200Dष'],
    ['\u200DAda\u200D', 'Ada'],
    ['李小龍', '李小龍'],
    ["O'Brien-Smith, Jr.", "O'Brien-Smith, Jr."],
  ])('writes %j as %j', (text, name) => {
    expect(normaliseName(text)).toBe(name);
  });

  it('changes nothing that is normal already, and leaves no invisible end', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
        const once = normaliseName(text);
        expect(normaliseName(once)).toBe(once);
        expect(once).toBe(once.trim());
      }),
      { numRuns: 3000 },
    );
  });
});

describe('findNameProblem', () => {
  it.each(['Ada', 'Ö', '李', 'ليلى', '🙂', '7', 'A'.repeat(LONGEST_NAME)])('takes %j', (name) => {
    expect(findNameProblem(name)).toBeUndefined();
  });

  const invisible = fc
    .array(
      fc.constantFrom(
        '\u200B',
        '\u200D',
        '\u2060',
        '\uFEFF',
        '\u00AD',
        '\u3164',
        '\u115F',
        '\u2800',
        ' ',
        '\u00A0',
        '\u{E0041}',
        '\u200E',
        '\u0301',
      ),
      { maxLength: 10 },
    )
    .map((all) => all.join(''));

  it('refuses every name that shows nothing', () => {
    fc.assert(
      fc.property(invisible, (name) => {
        expect(findNameProblem(name)).toBe('must have a visible character');
      }),
    );
  });

  it.each(['\u202A', '\u202B', '\u202C', '\u202D', '\u202E', '\u2066', '\u2067', '\u2068', '\u2069'])(
    'refuses the direction control %j, wherever it stands',
    (control) => {
      for (const name of [`${control}Ada`, `A${control}da`, `Ada${control}`])
        expect(findNameProblem(name)).toMatch('direction');
    },
  );

  it.each(['A'.repeat(LONGEST_NAME + 1), 'ﷺ'.repeat(20)])(
    'refuses a name that is too long as it is printed',
    (name) => {
      expect(findNameProblem(name)).toMatch('at most');
    },
  );
});
