import { Injectable } from '@nestjs/common';
import { Database, type PreparedStatement } from 'src/database/database';
import type { Tier } from 'src/modules/chapters/course/domain/chapter';
import type { UnknownWord } from 'src/modules/chapters/search/domain/search-suggestion';
import { listAskedWords } from 'src/modules/chapters/search/domain/search-text';
import { LIST_UNKNOWN_WORDS, SEARCH_LOOSELY, SEARCH_STRICTLY } from './search-statements';

export interface SearchRequest {
  readonly version: string;
  /** The result of `toSearchable`. */
  readonly query: string;
  /** The tiers that this student may read. */
  readonly tiers: readonly Tier[];
  readonly limit: number;
  /** The section that explains the requested term, when the query is a glossary term. */
  readonly preferred?: string | undefined;
}

export interface FoundSection {
  readonly sectionId: string;
  /** Plain text with matches between `**`. */
  readonly snippet: string;
  /** From 0 to 1. Comparable only within one answer. */
  readonly score: number;
}

export interface SearchResult {
  /** False when this version is not indexed; ignore the other members then. */
  readonly isIndexed: boolean;
  readonly sections: readonly FoundSection[];
  /** Terms, best first. */
  readonly terms: readonly string[];
  /** Locked chapters that contain the words. */
  readonly lockedChapterIds: readonly string[];
}

interface ResultRow {
  readonly indexed: boolean;
  readonly sections: { section_id: string; snippet: string; score: number }[] | null;
  readonly terms: string[] | null;
  readonly locked: string[] | null;
}

interface UnknownWordRow {
  readonly word: string;
  readonly is_found: boolean;
  readonly candidates: UnknownWord['candidates'];
}

@Injectable()
export class SearchRepository {
  constructor(private readonly database: Database) {}

  /** All matches of the query, best first. */
  searchStrictly(request: SearchRequest): Promise<SearchResult> {
    return this.run(SEARCH_STRICTLY, request);
  }

  /** Matches of any rare word of the query, best first. */
  searchLoosely(request: SearchRequest): Promise<SearchResult> {
    return this.run(SEARCH_LOOSELY, request);
  }

  /** The words that the course does not contain, with similar words. */
  async listUnknownWords(
    { version, tiers }: Pick<SearchRequest, 'version' | 'tiers'>,
    words: readonly string[],
  ): Promise<UnknownWord[]> {
    const parameters = [version, words, tiers];
    const rows = await this.database.queryPrepared<UnknownWordRow>(LIST_UNKNOWN_WORDS, parameters);
    return rows.map(({ word, is_found: isFound, candidates }) => ({ word, isFound, candidates }));
  }

  private async run(
    statement: PreparedStatement,
    { version, query, tiers, limit, preferred }: SearchRequest,
  ): Promise<SearchResult> {
    const parameters = [version, query, tiers, limit, preferred ?? null, listAskedWords(query)];
    const [row] = await this.database.queryPrepared<ResultRow>(statement, parameters);
    return {
      isIndexed: row?.indexed === true,
      sections: (row?.sections ?? []).map(({ section_id: sectionId, snippet, score }) => ({
        sectionId,
        snippet,
        score,
      })),
      terms: row?.terms ?? [],
      lockedChapterIds: row?.locked ?? [],
    };
  }
}
