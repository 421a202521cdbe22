/** ASVS 5.0, 6.2.1 and 6.2.9; there are no rules of composition (6.2.5). Characters as people count them. */
export const MIN_PASSWORD_LENGTH = 8;
export const MAX_PASSWORD_LENGTH = 128;

/** Words that an attacker would try first here (ASVS 5.0, 6.1.2 and 6.2.11): names of the service and its subject. */
export const CONTEXT_WORDS = [
  'course',
  'companion',
  'chatgpt',
  'openai',
  'premium',
  'student',
  'operator',
  'password',
];

/** What a stranger may know about the owner. */
export interface PasswordOwner {
  readonly email: string;
  readonly fullName: string;
}

// Shorter parts of a name (of, de, ng) are in many words.
const SHORTEST_WORD = 3;
/** With fewer letters besides the known words, a password is those words and decoration. */
const LETTERS_OF_ONES_OWN = 4;

const wordsOf = (text: string): string[] => text.toLowerCase().split(/[^\p{L}\p{N}]+/u);
const squeeze = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/**
 * Whether nearly all of a password is known to a stranger: the owner's name or address, or words of the service, with
 * digits and signs around them. Other words among them make it the owner's.
 */
export function isPersonalPassword(password: string, { email, fullName }: PasswordOwner): boolean {
  const known = [squeeze(email), squeeze(fullName), ...wordsOf(email), ...wordsOf(fullName), ...CONTEXT_WORDS]
    .filter((word) => word.length >= SHORTEST_WORD)
    .toSorted((a, b) => b.length - a.length);
  const written = squeeze(password);
  const rest = known.reduce((text, word) => text.replaceAll(word, ''), written);
  return rest !== written && rest.replaceAll(/\P{L}/gu, '').length < LETTERS_OF_ONES_OWN;
}
