import { foldText } from 'src/common/domain/fold-text';
import { editDistance } from 'src/modules/chapters/course/domain/glossary-similarity';

/** A word that the course does not contain, and similar words of the course. */
export interface UnknownWord {
  readonly word: string;
  /** True when the course contains another form: "enginering" has the stem of "engineering". Candidates are such forms. */
  readonly isFound: boolean;
  readonly candidates: readonly { readonly word: string; readonly occurrences: number }[];
}

/**
 * The query with each misspelled word replaced by the most similar word of the course, or the more frequent of two. Short words
 * may differ by one letter, longer ones by a third. Undefined when the course contains a form of every word.
 */
export function deriveSuggestion(query: string, unknown: readonly UnknownWord[]): string | undefined {
  if (unknown.every(({ isFound }) => isFound)) return undefined;
  const corrections = new Map(
    unknown.flatMap(({ word, candidates }): [string, string][] => {
      const nearest = findNearest(word, candidates);
      return nearest === undefined ? [] : [[word, nearest]];
    }),
  );
  if (corrections.size === 0) return undefined;
  return foldText(query).replace(
    /\p{L}[\p{L}\p{N}]*/gu,
    (word) => corrections.get(word.toLowerCase()) ?? word,
  );
}

function findNearest(word: string, candidates: UnknownWord['candidates']): string | undefined {
  const limit = Math.max(1, Math.floor(word.length / 3));
  return candidates
    .map((candidate) => ({ ...candidate, distance: editDistance(word, candidate.word) }))
    .filter(({ distance }) => distance <= limit)
    .toSorted((a, b) => a.distance - b.distance || b.occurrences - a.occurrences)[0]?.word;
}
