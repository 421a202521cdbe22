import { findNameProblem, normaliseName } from 'src/common/domain/person-name';
import type { LearnedChapter } from 'src/modules/chapters/learning/domain/learned-chapter';

/** The signed content. Contains no email address and no details about how the student learned. */
export interface CertificateClaims {
  readonly code: string;
  /** The student's name at the time of issue. */
  readonly name: string;
  readonly course: string;
  readonly chapters: number;
  /** The version of the course at the time of issue. */
  readonly courseVersion: string;
  readonly issuedAt: Date;
  /** Base URL of the issuer. */
  readonly issuer: string;
}

const UNNAMED = 'A student of this course';

/** The name as it is printed. Older profiles may contain a name that breaks today's rules. */
export function toCertificateName(profileName: string): string {
  const name = normaliseName(profileName);
  return findNameProblem(name) === undefined ? name : UNNAMED;
}

export interface MissingForCertificate {
  readonly sections: readonly LearnedChapter[];
  readonly quizzes: readonly LearnedChapter[];
}

/** Undefined when every section is completed and every quiz is passed. A course without chapters earns no certificate. */
export function findMissingForCertificate(
  learned: readonly LearnedChapter[],
): MissingForCertificate | undefined {
  const sections = learned.filter(({ progress }) => progress.status !== 'completed');
  const quizzes = learned.filter(({ quiz }) => quiz.passedAt === undefined);
  const isEarned = learned.length > 0 && sections.length === 0 && quizzes.length === 0;
  return isEarned ? undefined : { sections, quizzes };
}

// Crockford's base 32, without letters that are easy to confuse.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LENGTH = 20;
const GROUP_LENGTH = 5;

/** 20 characters of five bits each: 100 bits that cannot be guessed. `random` needs 20 bytes. */
export function toCertificateCode(random: Uint8Array): string {
  if (random.length < CODE_LENGTH) throw new RangeError('A certificate code needs 20 random bytes.');
  const characters = [...random.slice(0, CODE_LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]);
  return inGroups(characters.join(''));
}

/** Accepts a code typed from paper: any case, with or without hyphens, O for 0, I and L for 1. */
export function parseCertificateCode(text: string): string | undefined {
  const plain = text.toUpperCase().replaceAll('-', '').replaceAll('O', '0').replace(/[IL]/g, '1');
  const isCode =
    plain.length === CODE_LENGTH && [...plain].every((character) => ALPHABET.includes(character));
  return isCode ? inGroups(plain) : undefined;
}

function inGroups(plain: string): string {
  return plain.match(new RegExp(`.{${GROUP_LENGTH}}`, 'g'))?.join('-') ?? plain;
}
