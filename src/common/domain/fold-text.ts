/** Invisible: soft hyphens, joiners, zero-width marks, direction controls, byte order mark. */
const INVISIBLE = /[\u00AD\u034F\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/gu;
const SINGLE_QUOTES = /[`´‘’‚‛′ʹʻʼ＇]/gu;
const DOUBLE_QUOTES = /[“”„‟″«»＂]/gu;
/** A typographic hyphen inside a word. Elsewhere it separates words. */
const HYPHEN_IN_WORD = /(?<=[\p{L}\p{N}])[‐‑‒–−﹣－](?=[\p{L}\p{N}])/gu;
/** A minus sign before a number. */
const MINUS = /(?<![\p{L}\p{N}])[‐‑‒–−﹣－](?=\p{N})/gu;
const OTHER_DASHES = /(?!-)[\p{Pd}−]/gu;

/**
 * Gives texts that look the same one spelling: NFKC, straight quotes, plain hyphens and spaces, no invisible characters. Apply
 * it to both sides of a comparison. The caller limits the length first.
 */
export function foldText(text: string): string {
  return text
    .replace(INVISIBLE, '')
    .replace(SINGLE_QUOTES, "'")
    .replace(DOUBLE_QUOTES, '"')
    .replace(HYPHEN_IN_WORD, '-')
    .replace(MINUS, '-')
    .replace(OTHER_DASHES, ' ')
    .normalize('NFKC')
    .replace(/\p{Z}/gu, ' ');
}
