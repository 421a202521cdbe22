import { foldText } from 'src/common/domain/fold-text';

/** Capital letters stand for themselves: "IT" is not the word "it", which no English index keeps. */
const ACRONYM = /(?<![\p{L}\p{N}])[A-Z][A-Z0-9]{1,5}(?![\p{L}\p{N}])/gu;
/** A word or phrase behind a hyphen that begins it. */
const EXCLUSION = /(?<!\S)-+(?:"[^"]*"?|[^\s"]+)/gu;
const ASKED_WORD = /[\p{L}\p{M}\p{N}]+/gu;
const WORD = /\p{L}[\p{L}\p{N}]*/gu;

/** What a reader sees of Markdown, without its marks: snippets use `**` for what was found, so the text must not. */
export function toPlainText(markdown: string): string {
  return markdown
    .replace(/^[ \t]*```.*$/gm, '')
    .replace(/^#{1,6}\s+/gm, '')
    .replace(/^[ \t]*\|[ \t:|-]*$/gm, '')
    .replace(/^[ \t]*\|[ \t]*|[ \t]*\|[ \t]*$/gm, '')
    .replace(/[ \t]*\|[ \t]*/g, ' · ')
    .replace(/^[ \t]*(?:[-*+]|\d+\.)[ \t]+/gm, '')
    .replace(/^>\s?/gm, '')
    .replace(/[*`]/g, '')
    .replace(/[ \t]*\n\s*/g, '\n')
    .trim();
}

/** The titles within a section: its headings of the third level and below. */
export function listHeadings(markdown: string): string[] {
  return [...markdown.matchAll(/^#{3,6}\s+(.+?)\s*$/gm)].map(([, heading = '']) => heading);
}

/** Each acronym once, as it is written. */
export function listAcronyms(text: string): string[] {
  return [...new Set(text.match(ACRONYM))];
}

/** Lower case, in the order of the text, with repetitions. */
export function listWords(text: string): string[] {
  return foldText(text).toLowerCase().match(WORD) ?? [];
}

/**
 * The text that PostgreSQL parses. It would read "RAG/LLM" as the name of a file, and cannot store NUL. Where the database
 * sorts by bytes its parser takes every other character for a letter, so typography is folded first. Straight quotes and
 * hyphens are operators and stay.
 */
export function toSearchable(text: string): string {
  return foldText(text)
    .replace(/[\p{Cc}/\\]+/gu, ' ')
    .trim();
}

/** The words that a searchable query asks for, each once. Order, quotes and operators are lost; what it excludes is left out. */
export function listAskedWords(query: string): string[] {
  const asked = query.replace(EXCLUSION, ' ');
  return [...new Set(asked.toLowerCase().match(ASKED_WORD))];
}
