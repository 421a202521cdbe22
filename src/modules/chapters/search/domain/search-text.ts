/** Capital letters stand for themselves: "IT" is not the word "it", which no English index keeps. */
const ACRONYM = /(?<![\p{L}\p{N}])[A-Z][A-Z0-9]{1,5}(?![\p{L}\p{N}])/gu;
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
  return text.normalize('NFKC').toLowerCase().match(WORD) ?? [];
}

/**
 * What PostgreSQL gets to see: it would read "RAG/LLM" as the name of a file, and cannot store NUL. Quotes and hyphens
 * mean something to it and stay.
 */
export function toSearchable(text: string): string {
  return text.replace(/[\p{Cc}/\\]+/gu, ' ').trim();
}
