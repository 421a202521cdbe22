import { Injectable } from '@nestjs/common';
import { Database, type PreparedStatement } from 'src/database/database';
import type { Tier } from 'src/modules/chapters/course/domain/chapter';
import type { UnknownWord } from 'src/modules/chapters/search/domain/search-suggestion';
import { listAskedWords } from 'src/modules/chapters/search/domain/search-text';
import { LIST_UNKNOWN_WORDS, SEARCH_LOOSELY, SEARCH_STRICTLY } from './search-statements';

export interface SearchRequest {
  readonly version: string;
  /** Already made searchable (see toSearchable). */
  readonly query: string;
  /** Whose text may be shown; everything else is only counted. */
  readonly tiers: readonly Tier[];
  readonly limit: number;
  /** The section that explains the term asked for, when the query is the name of one. */
  readonly preferred?: string | undefined;
}

export interface FoundSection {
  readonly sectionId: string;
  /** Plain text; what was found stands between `**`. */
  readonly snippet: string;
  /** 0 to 1, comparable within one answer only. */
  readonly score: number;
}

export interface SearchResult {
  /** False: this version is not indexed (any more), the rest means nothing. */
  readonly isIndexed: boolean;
  readonly sections: readonly FoundSection[];
  /** Terms, the best first. */
  readonly terms: readonly string[];
  /** Chapters that have the words and may not be shown. */
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

  /** Everything that fits the query as it was asked, best first. */
  searchStrictly(request: SearchRequest): Promise<SearchResult> {
    return this.run(SEARCH_STRICTLY, request);
  }

  /** What shares the telling words of the query, best first. */
  searchLoosely(request: SearchRequest): Promise<SearchResult> {
    return this.run(SEARCH_LOOSELY, request);
  }

  /** Of these words, those that are not written so anywhere in the course, with words that look like them. */
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
