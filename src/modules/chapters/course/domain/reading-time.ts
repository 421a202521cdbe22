// Adults read non-fiction silently at about 238 words a minute (Brysbaert 2019). A student to whom the text is
// explained and who works through the examples is slower.
const STUDY_WORDS_PER_MINUTE = 150;

// A word is a run of letters and digits, so that Markdown punctuation, table rules and code braces do not count.
const WORD = /[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu;

export function countWords(markdown: string): number {
  return markdown.match(WORD)?.length ?? 0;
}

/** Whole minutes, at least one. */
export function deriveMinutes(words: number): number {
  return Math.max(1, Math.round(words / STUDY_WORDS_PER_MINUTE));
}
