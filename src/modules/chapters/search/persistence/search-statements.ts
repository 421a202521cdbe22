import type { PreparedStatement } from 'src/database/database';

// Parameters of both searches: $1 version, $2 query, $3 tiers that may be shown, $4 limit, $5 the section to prefer, $6 the
// words of the query.

/** All words, phrases and exclusions of the query. A query that has only stop words ("IT") is matched literally. */
const STRICT = `coalesce(nullif(websearch_to_tsquery('english', $2)::text, ''),
                         websearch_to_tsquery('simple', $2)::text)`;
/** Any of the words. */
const ANY_WORD = `replace(${STRICT}, ' & ', ' | ')`;
/** Empty when the query excludes something, because "not x" alone matches everything. */
const RELAXED = `CASE WHEN ${STRICT} LIKE '%!%' THEN '' ELSE ${ANY_WORD} END`;

/** When any word may match, a rank below this share of the best rank means a common word only. */
const RELAXED_CUT = 0.4;
/** Ranking reads the whole text of a match. Of many matches only the best by title and heading are ranked. */
const RANKED = { terms: 12, readable: 50 };
const TERMS = 3;
const CANDIDATES = 12;
const HEADLINE = `'StartSel=**, StopSel=**, MaxWords=32, MinWords=16, ShortWord=2, MaxFragments=2, FragmentDelimiter=" ... "'`;

const IS = {
  term: `kind = 'glossary'`,
  readable: `kind = 'section' AND tier = ANY ($3)`,
} as const;
type Group = keyof typeof IS;
const rankedOf = (group: Group) => (group === 'term' ? RANKED.terms : RANKED.readable);

/**
 * The parsed query, computed once per search and not once per row. Because it is a row and not a constant, one plan of the
 * prepared statement fits every query.
 */
const askedSql = (wanted: string) => `
  asked AS MATERIALIZED (
    SELECT (${wanted})::tsquery AS wanted, (${ANY_WORD})::tsquery AS any_word
  )`;
const asked = (column: 'wanted' | 'any_word') => `(SELECT ${column} FROM asked)`;

// Rank: weights of tags, body, heading, title; divided by the logarithm of the length (1), mapped to 0..1 (32). It adds up
// the words: for words that must all match, ts_rank would only use their distance. The section that explains the requested term
// comes first.
const rankOf = (column: string) => `ts_rank('{0.05, 0.1, 0.6, 1}', ${column}, ${asked('any_word')}, 1 | 32)`;

/** The best matches of a group by title and heading. */
const bestOf = (group: Group) => `
    (SELECT kind, id, chapter_id, tier FROM found WHERE ${IS[group]}
     ORDER BY name_rank DESC, id LIMIT ${rankedOf(group)})`;

/** Fills the rest of the group with matches that have the words only in their text, in no order. */
const fillUp = (group: Group) => `
    (SELECT kind, id, chapter_id, tier FROM course_search
     WHERE version = $1 AND document @@ ${asked('wanted')} AND NOT names @@ ${asked('wanted')} AND ${IS[group]}
     LIMIT (SELECT greatest(0, ${rankedOf(group)} - count(*)) FROM found WHERE ${IS[group]}))`;

/** Ranks the CTE `candidates`. */
const answerSql = (cut: number) => `
  , ranked AS (
    SELECT c.*, ${rankOf('s.document')} AS rank
    FROM candidates c JOIN course_search s ON s.version = $1 AND s.kind = c.kind AND s.id = c.id
  ), kept AS (
    SELECT *, CASE WHEN id = $5 THEN (1 + rank) / 2 ELSE rank END AS score
    FROM (SELECT *, max(rank) OVER (PARTITION BY kind) AS best FROM ranked) r
    WHERE rank >= ${cut} * best
  ), shown AS (
    SELECT id, score FROM kept WHERE ${IS.readable} ORDER BY score DESC, id LIMIT $4
  )`;

// A search reveals which words occur in a locked chapter, and nothing that depends on their order, distance or number. The query
// is reduced to single words here, and the documents of chapters have no positions (see SAVE_DOCUMENTS).
const LOCKED = `kind = 'chapter' AND tier <> ALL ($3)`;
const ASKED_WORDS = `
  , config AS (
    SELECT CASE WHEN bool_or(to_tsvector('english', word) <> '') THEN 'english' ELSE 'simple' END::regconfig AS name
    FROM unnest($6::text[]) AS given (word)
  ), asked_words AS MATERIALIZED (
    SELECT DISTINCT lexeme
    FROM unnest($6::text[]) AS given (word), unnest(tsvector_to_array(to_tsvector((SELECT name FROM config), word))) AS lexeme
  )`;
const allOf = (words: string) => `(SELECT string_agg(quote_literal(lexeme), ' & ') FROM ${words})::tsquery`;

const resultSql = (locked: string) => `
  SELECT
    EXISTS (SELECT FROM course_search_versions WHERE version = $1) AS indexed,
    (SELECT json_agg(json_build_object(
              'section_id', shown.id,
              'score', shown.score,
              'snippet', (SELECT ts_headline('english', body, ${asked('wanted')}, ${HEADLINE})
                          FROM course_search s
                          WHERE s.version = $1 AND s.kind = 'section' AND s.id = shown.id)) ORDER BY score DESC, id)
     FROM shown) AS sections,
    (SELECT json_agg(id ORDER BY score DESC, id)
     FROM (SELECT id, score FROM kept WHERE ${IS.term} ORDER BY score DESC, id LIMIT ${TERMS}) t) AS terms,
    (SELECT json_agg(id ORDER BY id) FROM course_search
     WHERE version = $1 AND ${LOCKED} AND document @@ ${locked}) AS locked`;

/** All matches of the query. */
export const SEARCH_STRICTLY: PreparedStatement = {
  name: 'course_search_strictly',
  text: `
  WITH ${askedSql(STRICT)}, found AS MATERIALIZED (
    SELECT kind, id, chapter_id, tier, ${rankOf('names')} AS name_rank
    FROM course_search
    WHERE version = $1 AND document @@ ${asked('wanted')} AND (${IS.term} OR ${IS.readable})
  ), candidates AS (${bestOf('term')} UNION ALL ${bestOf('readable')}
  )${answerSql(0)}${ASKED_WORDS}${resultSql(allOf('asked_words'))}`,
};

/** Matches of any rare word of the query. A locked chapter must have all query words that occur in some locked chapter. */
export const SEARCH_LOOSELY: PreparedStatement = {
  name: 'course_search_loosely',
  text: `
  WITH ${askedSql(RELAXED)}, found AS MATERIALIZED (
    SELECT kind, id, chapter_id, tier, ${rankOf('names')} AS name_rank
    FROM course_search
    WHERE version = $1 AND names @@ ${asked('wanted')}
  ), candidates AS (${(['term', 'readable'] as const)
    .flatMap((group) => [bestOf(group), fillUp(group)])
    .join(' UNION ALL ')}
  )${answerSql(RELAXED_CUT)}${ASKED_WORDS}, occurring AS (
    SELECT lexeme FROM asked_words
    WHERE EXISTS (SELECT FROM course_search WHERE version = $1 AND ${LOCKED} AND document @@ quote_literal(lexeme)::tsquery)
  )${resultSql(allOf('occurring'))}`,
};

/**
 * Parameters: $1 version, $2 words, $3 tiers. A word with a known stem is corrected only to forms of the same stem. To
 * avoid a comparison with the whole vocabulary, a correction has the same first letter and at most two letters more or less.
 * Stop words are never suggested, because a search ignores them.
 */
export const LIST_UNKNOWN_WORDS: PreparedStatement = {
  name: 'course_search_unknown_words',
  text: `
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
  WHERE asked.stem <> ''`,
};
