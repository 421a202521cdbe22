import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import type { Tier } from 'src/modules/chapters/domain/chapter';
import type { UnknownWord } from 'src/modules/chapters/domain/search-suggestion';

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
  /** Sections per chapter that were found and may not be shown. */
  readonly locked: readonly { readonly chapterId: string; readonly matches: number }[];
}

interface ResultRow {
  readonly indexed: boolean;
  readonly sections: { section_id: string; snippet: string; score: number }[] | null;
  readonly terms: string[] | null;
  readonly locked: { chapter_id: string; matches: number }[] | null;
}

interface UnknownWordRow {
  readonly word: string;
  readonly is_found: boolean;
  readonly candidates: UnknownWord['candidates'];
}

/** All words, phrases and exclusions as asked. A query of stop words only ("IT") is taken literally. */
const STRICT = `coalesce(nullif(websearch_to_tsquery('english', $2)::text, ''),
                         websearch_to_tsquery('simple', $2)::text)`;
/** Any of the words; nothing when the query excludes something, because "not x" alone finds everything. */
const ANY_WORD = `replace(${STRICT}, ' & ', ' | ')`;
const RELAXED = `CASE WHEN ${STRICT} LIKE '%!%' THEN '' ELSE ${ANY_WORD} END`;
/** With any word allowed, what reaches only this share of the best rank shares a common word with the query. */
const CUT = { strict: 0, relaxed: 0.4 };
/** Ranking reads the whole text of a match: of very many only the best by title and heading are looked at. */
const RANKED = 50;

const TERMS = 3;
const CANDIDATES = 12;
const HEADLINE =
  'StartSel=**, StopSel=**, MaxWords=32, MinWords=16, ShortWord=2, MaxFragments=2, FragmentDelimiter=" ... "';

// Rank: weights of tags, body, heading, title; divided by the logarithm of the length (1), mapped to 0..1 (32). It adds up
// the words: for words that must all be there ts_rank would look at their distance and at nothing else. The section that
// explains the very term asked for comes first.
const rankOf = (column: string) =>
  `ts_rank('{0.05, 0.1, 0.6, 1}', ${column}, (${ANY_WORD})::tsquery, 1 | 32)`;
const bestByName = (condition: string) =>
  `(SELECT * FROM found WHERE ${condition} ORDER BY name_rank DESC, id LIMIT ${RANKED})`;

const searchSql = (tsquery: string) => `
  WITH found AS MATERIALIZED (
    SELECT kind, id, chapter_id, tier, ${rankOf('names')} AS name_rank
    FROM course_search
    WHERE version = $1 AND document @@ (${tsquery})::tsquery
  ), candidates AS (
    ${bestByName(`kind = 'glossary'`)}
    UNION ALL ${bestByName(`kind = 'section' AND tier = ANY ($4)`)}
    UNION ALL ${bestByName(`kind = 'section' AND tier <> ALL ($4) AND $3::real > 0`)}
  ), ranked AS (
    SELECT c.*, ${rankOf('s.document')} AS rank
    FROM candidates c JOIN course_search s ON s.version = $1 AND s.kind = c.kind AND s.id = c.id
  ), kept AS (
    SELECT *, CASE WHEN id = $7 THEN (1 + rank) / 2 ELSE rank END AS score
    FROM (SELECT *, max(rank) OVER (PARTITION BY kind) AS best FROM ranked) r
    WHERE rank >= $3::real * best
  ), shown AS (
    SELECT id, score FROM kept WHERE kind = 'section' AND tier = ANY ($4)
    ORDER BY score DESC, id LIMIT $5
  )
  SELECT
    EXISTS (SELECT FROM course_search_versions WHERE version = $1) AS indexed,
    (SELECT json_agg(json_build_object(
              'section_id', shown.id,
              'score', shown.score,
              'snippet', (SELECT ts_headline('english', body, (${tsquery})::tsquery, $6) FROM course_search s
                          WHERE s.version = $1 AND s.kind = 'section' AND s.id = shown.id)) ORDER BY score DESC, id)
     FROM shown) AS sections,
    (SELECT json_agg(id ORDER BY score DESC, id)
     FROM (SELECT id, score FROM kept WHERE kind = 'glossary' ORDER BY score DESC, id LIMIT ${TERMS}) t) AS terms,
    (SELECT json_agg(json_build_object('chapter_id', chapter_id, 'matches', matches))
     FROM (SELECT chapter_id, count(*) AS matches
           FROM (SELECT chapter_id, kind, tier FROM found WHERE $3::real = 0
                 UNION ALL SELECT chapter_id, kind, tier FROM kept WHERE $3::real > 0) f
           WHERE kind = 'section' AND tier <> ALL ($4) GROUP BY chapter_id) l) AS locked`;

const STRICT_SQL = searchSql(STRICT);
const RELAXED_SQL = searchSql(RELAXED);

// Of a word whose stem is known only forms of the same stem can be meant.
// Comparing with the whole vocabulary would be slower than the search itself: a correction has the first letter of the
// misspelt word and at most two letters more or less. Stop words are none, because a search ignores them.
const UNKNOWN_WORDS_SQL = `
  SELECT asked.word, asked.is_found,
         (SELECT coalesce(json_agg(json_build_object('word', near.word, 'occurrences', near.occurrences)), '[]')
          FROM (SELECT word, occurrences FROM course_search_words
                WHERE version = $1 AND tier = ANY ($3)
                  AND left(word, 1) = left(asked.word, 1)
                  AND length(word) BETWEEN length(asked.word) - asked.slack AND length(asked.word) + asked.slack
                ORDER BY word <-> asked.word, word LIMIT ${CANDIDATES}) near
          WHERE CASE WHEN asked.is_found THEN to_tsvector('english', near.word) = asked.stem
                     ELSE to_tsvector('english', near.word) <> '' END) AS candidates
  FROM (
    SELECT word, to_tsvector('english', word) AS stem, least(2, greatest(1, length(word) / 3)) AS slack,
           EXISTS (SELECT FROM course_search
                   WHERE version = $1 AND document @@ plainto_tsquery('english', word)) AS is_found
    FROM unnest($2::text[]) AS given (word)
    WHERE NOT EXISTS (SELECT FROM course_search_words known WHERE known.version = $1 AND known.word = given.word)
  ) asked
  WHERE asked.stem <> ''`;

@Injectable()
export class SearchRepository {
  constructor(private readonly database: Database) {}

  /** Everything that fits the query as it was asked, best first. */
  searchStrictly(request: SearchRequest): Promise<SearchResult> {
    return this.run(STRICT_SQL, request, CUT.strict);
  }

  /** What shares the telling words of the query, best first. */
  searchLoosely(request: SearchRequest): Promise<SearchResult> {
    return this.run(RELAXED_SQL, request, CUT.relaxed);
  }

  /** Of these words, those that are not written so anywhere in the course, with words that look like them. */
  async listUnknownWords(
    { version, tiers }: Pick<SearchRequest, 'version' | 'tiers'>,
    words: readonly string[],
  ): Promise<UnknownWord[]> {
    const rows = await this.database.query<UnknownWordRow>(UNKNOWN_WORDS_SQL, [version, words, tiers]);
    return rows.map(({ word, is_found: isFound, candidates }) => ({ word, isFound, candidates }));
  }

  private async run(
    sql: string,
    { version, query, tiers, limit, preferred }: SearchRequest,
    cut: number,
  ): Promise<SearchResult> {
    const parameters = [version, query, cut, tiers, limit, HEADLINE, preferred ?? null];
    const row = await this.database.queryOne<ResultRow>(sql, parameters);
    return {
      isIndexed: row?.indexed === true,
      sections: (row?.sections ?? []).map(({ section_id: sectionId, snippet, score }) => ({
        sectionId,
        snippet,
        score,
      })),
      terms: row?.terms ?? [],
      locked: (row?.locked ?? []).map(({ chapter_id: chapterId, matches }) => ({ chapterId, matches })),
    };
  }
}
