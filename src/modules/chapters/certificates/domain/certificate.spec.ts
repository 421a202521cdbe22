import fc from 'fast-check';
import { aChapter } from 'src/modules/chapters/testing/chapter.factory';
import { Story } from 'src/modules/chapters/testing/learning.factory';
import { deriveLearnedChapters } from 'src/modules/chapters/learning/domain/learned-chapter';
import {
  findMissingForCertificate,
  parseCertificateCode,
  toCertificateCode,
  toCertificateName,
} from './certificate';

const [one, two] = [aChapter({ position: 1 }), aChapter({ position: 2 })] as const;
const missing = (story: Story) => {
  const found = findMissingForCertificate(deriveLearnedChapters([one, two], story.tell()));
  return (
    found && {
      sections: found.sections.map(({ chapter }) => chapter.id),
      quizzes: found.quizzes.map(({ chapter }) => chapter.id),
    }
  );
};

describe('findMissingForCertificate', () => {
  it('names chapters and quizzes', () => {
    expect(missing(new Story().finishes(one, { day: 0 }).reads(two, { day: 0, count: 4 }))).toEqual({
      sections: ['chapter-2'],
      quizzes: ['chapter-2'],
    });
    expect(
      missing(
        new Story().finishes(one, { day: 0 }).reads(two, { day: 0 }).scores(two, { day: 0, percent: 69 }),
      ),
    ).toEqual({ sections: [], quizzes: ['chapter-2'] });
  });

  it('is undefined when everything is done', () => {
    expect(missing(new Story().finishes(one, { day: 0 }).finishes(two, { day: 0 }))).toBeUndefined();
  });

  it('issues no certificate for a course without chapters', () => {
    expect(findMissingForCertificate([])).toEqual({ sections: [], quizzes: [] });
  });
});

describe('a certificate code', () => {
  const code = toCertificateCode(new Uint8Array(20).map((_, index) => index * 13));

  it('has four groups of five', () => {
    expect(code).toBe('0DT7M-1EV8N-2FW9P-3GXAQ');
  });

  it('uses every bit that it can hold', () => {
    const base = new Uint8Array(20);
    const codes = new Set([...Array(32).keys()].map((byte) => toCertificateCode(base.with(19, byte))));

    expect(codes.size).toBe(32);
  });

  it('requires 20 random bytes', () => {
    expect(() => toCertificateCode(new Uint8Array(19))).toThrow(RangeError);
  });

  it.each([
    '0DT7M-1EV8N-2FW9P-3GXAQ',
    '0dt7m1ev8n2fw9p3gxaq',
    'ODT7M-IEV8N-2FW9P-3GXAQ',
    'odt7m-lev8n-2fw9p-3gxaq',
  ])('is read from %s', (text) => expect(parseCertificateCode(text)).toBe(code));

  it.each(['', '0DT7M', `${'0'.repeat(19)}U`, `${'0'.repeat(21)}`, "' OR 1=1 --", '0DT7M 1EV8N 2FW9P 3GXAQ'])(
    'is not read from %p',
    (text) => expect(parseCertificateCode(text)).toBeUndefined(),
  );

  it('keeps the longest streak with any later activity', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 20, maxLength: 20 }), (random) => {
        const made = toCertificateCode(random);
        return parseCertificateCode(made.toLowerCase().replaceAll('-', '')) === made;
      }),
    );
  });
});

describe('toCertificateName', () => {
  it.each([
    ['Ada Lovelace', 'Ada Lovelace'],
    ['Ａｄａ ①', 'Ada 1'],
    ['\u200B\u3164', 'A student of this course'],
    ['Ada\u202E', 'Ada'],
  ])('prints %j as %j', (profileName, printed) => {
    expect(toCertificateName(profileName)).toBe(printed);
  });
});
