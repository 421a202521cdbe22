import { foldText } from 'src/common/domain/fold-text';
import { editDistance } from 'src/modules/chapters/course/domain/glossary-similarity';

/** A word that the course does not contain as it is written, and words of the course that look like it. */
export interface UnknownWord {
  readonly word: string;
  /** True when another form of it is there: "enginering" has the stem of "engineering". Candidates are such forms. */
  readonly isFound: boolean;
  readonly candidates: readonly { readonly word: string; readonly occurrences: number }[];
}

/**
 * The query with each misspelt word replaced by the nearest word of the course, the more frequent of two equally near
 * ones. Short words may differ by one letter, longer ones by a third. Undefined when the course knows every word: then the
 * search has found what there is, whatever the spelling.
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
