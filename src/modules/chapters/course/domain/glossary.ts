import { foldText } from 'src/common/domain/fold-text';
import { trigramSimilarity } from './glossary-similarity';

/** One term of the course. Always public, because it is a reference and not part of a chapter. */
export interface GlossaryEntry {
  readonly term: string;
  /** Other names and abbreviations. */
  readonly aliases: readonly string[];
  readonly definition: string;
  /** Id of the section that explains the term best. */
  readonly section: string;
}

const SUGGESTIONS = 3;
const MIN_SIMILARITY = 0.25;

/** The terms of the course. Immutable like the course it belongs to. */
export class Glossary {
  /** In alphabetical order. */
  readonly entries: readonly GlossaryEntry[];
  private readonly byKey: ReadonlyMap<string, GlossaryEntry>;

  constructor(entries: readonly GlossaryEntry[]) {
    this.entries = entries.toSorted((a, b) => a.term.localeCompare(b.term, 'en'));
    this.byKey = new Map(
      entries.flatMap((entry) =>
        namesOf(entry).map((name): [string, GlossaryEntry] => [termKey(name), entry]),
      ),
    );
  }

  /** By term or alias; case, plural, hyphens and spaces do not matter. */
  find(name: string): GlossaryEntry | undefined {
    const key = termKey(name);
    return key === '' ? undefined : this.byKey.get(key);
  }

  /** Up to three terms with a similar name or alias, most similar first. */
  suggest(name: string): string[] {
    return this.entries
      .map((entry) => ({
        term: entry.term,
        likeness: Math.max(...namesOf(entry).map((known) => trigramSimilarity(known, name))),
      }))
      .filter(({ likeness }) => likeness >= MIN_SIMILARITY)
      .toSorted((a, b) => b.likeness - a.likeness)
      .slice(0, SUGGESTIONS)
      .map(({ term }) => term);
  }
}

export function namesOf({ term, aliases }: Pick<GlossaryEntry, 'term' | 'aliases'>): string[] {
  return [term, ...aliases];
}

/**
 * Names with the same key are the same name: "Few-shot", "few shot" and "fewshot"; "LLM" and "LLMs". Empty for a text
 * without letters and digits.
 */
export function termKey(name: string): string {
  return foldText(name)
    .toLowerCase()
    .replace(/'s?(?!\p{L})/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .map(toSingular)
    .join('');
}

// Not correct English: both sides of a comparison use it, so "bias" may become "bia".
function toSingular(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.length > 2 && word.endsWith('s') && !word.endsWith('ss')) return word.slice(0, -1);
  return word;
}
