import { foldText } from 'src/common/domain/fold-text';

/** Acronyms keep their capital letters: "IT" is not the stop word "it". */
const ACRONYM = /(?<![\p{L}\p{N}])[A-Z][A-Z0-9]{1,5}(?![\p{L}\p{N}])/gu;
/** A hyphen at the start of a word or phrase excludes it. */
const EXCLUSION = /(?<!\S)-+(?:"[^"]*"?|[^\s"]+)/gu;
const ASKED_WORD = /[\p{L}\p{M}\p{N}]+/gu;
const WORD = /\p{L}[\p{L}\p{N}]*/gu;

/** Markdown as plain text. Snippets mark matches with `**`, so the text must not contain it. */
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

/** The headings within a section, from the third level down. */
export function listHeadings(markdown: string): string[] {
  return [...markdown.matchAll(/^#{3,6}\s+(.+?)\s*$/gm)].map(([, heading = '']) => heading);
}

/** Each acronym once, as written. */
export function listAcronyms(text: string): string[] {
  return [...new Set(text.match(ACRONYM))];
}

/** In lower case, in the order of the text, with repetitions. */
export function listWords(text: string): string[] {
  return foldText(text).toLowerCase().match(WORD) ?? [];
}

/**
 * The text for PostgreSQL's parser. It reads "RAG/LLM" as a file name and cannot store NUL. In a database with the C collation
 * it treats every non-ASCII character as a letter, so typography is folded first. Straight quotes and hyphens are operators and
 * stay.
 */
export function toSearchable(text: string): string {
  return foldText(text)
    .replace(/[\p{Cc}/\\]+/gu, ' ')
    .trim();
}

/** The words of a searchable query, each once, without order, quotes, operators and excluded words. */
export function listAskedWords(query: string): string[] {
  const asked = query.replace(EXCLUSION, ' ');
  return [...new Set(asked.toLowerCase().match(ASKED_WORD))];
}
