import type { Finding, FindingTone } from './case-facts';

/** A finding from its name, and its title followed by its sentences. */
export const finding = (
  code: string,
  tone: FindingTone,
  [title, ...sentences]: readonly [title: string, ...sentences: string[]],
): Finding => ({ code, tone, title, text: sentences.join(' ') });

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });

export const day = (date: Date): string => DAY.format(date);

export const dayOr = (date: Date | null | undefined, otherwise: string): string =>
  date === null || date === undefined ? otherwise : day(date);
