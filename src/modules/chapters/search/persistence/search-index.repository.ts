import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import type { SearchDocument, SearchWord } from 'src/modules/chapters/search/domain/search-document';
import { toSearchable } from 'src/modules/chapters/search/domain/search-text';

export interface SearchableCourse {
  readonly version: string;
  readonly documents: readonly SearchDocument[];
  readonly words: readonly SearchWord[];
}

// Any constant works. It must be the same in every process that indexes into this database.
const INDEX_LOCK = 7_316_204_012;
/** During a deployment, old processes still search the previous version. */
const VERSIONS_KEPT = 2;
/** Keeps each statement within five seconds, even on a busy machine and with a course a hundred times as large. */
const BATCH = { documents: 100, words: 2000 };

const FIELDS = `kind text, id text, chapter_id text, section_id text, tier text, title text, heading text, body text,
  tags text, title_text text, heading_text text, body_text text, tags_text text, acronyms text`;

// The vector of a chapter has no positions, so no query can match phrases or compute ranks in it.
const SAVE_DOCUMENTS = `
  INSERT INTO course_search
    (version, kind, id, chapter_id, section_id, tier, title, heading, body, tags, names, document)
  SELECT $1, kind, id, chapter_id, section_id, tier, title, heading, body, tags, names,
         CASE kind WHEN 'chapter' THEN strip(text) ELSE text END
  FROM jsonb_to_recordset($2::jsonb) AS given (${FIELDS}),
       LATERAL (SELECT setweight(to_tsvector('english', title_text), 'A')
                       || setweight(to_tsvector('english', heading_text), 'B') AS names) named,
       LATERAL (SELECT names
                       || setweight(to_tsvector('english', body_text), 'C')
                       || setweight(to_tsvector('english', tags_text), 'D')
                       || setweight(to_tsvector('simple', acronyms), 'D') AS text) whole`;

const SAVE_WORDS = `
  INSERT INTO course_search_words (version, word, tier, occurrences)
  SELECT $1, word, tier, occurrences
  FROM jsonb_to_recordset($2::jsonb) AS given (word text, tier text, occurrences integer)`;

@Injectable()
export class SearchIndexRepository {
  constructor(private readonly database: Database) {}

  /** True when this version is completely indexed. Updates its time of use. */
  async touchVersion(version: string): Promise<boolean> {
    const touched = await this.database.query(
      'UPDATE course_search_versions SET used_at = now() WHERE version = $1 RETURNING version',
      [version],
    );
    return touched.length === 1;
  }

  /**
   * Indexes one version completely or not at all, and deletes all but the two most recently used versions. Idempotent. Of
   * several concurrent processes one does the work and the others wait.
   */
  async saveCourse({ version, documents, words }: SearchableCourse): Promise<void> {
    await this.database.transaction(async () => {
      await this.database.query('SELECT pg_advisory_xact_lock($1)', [INDEX_LOCK]);
      if (await this.touchVersion(version)) return;
      await this.database.query('INSERT INTO course_search_versions (version) VALUES ($1)', [version]);
      for (const batch of inBatches(documents, BATCH.documents))
        await this.database.query(SAVE_DOCUMENTS, [version, JSON.stringify(batch.map(toRow))]);
      for (const batch of inBatches(words, BATCH.words))
        await this.database.query(SAVE_WORDS, [version, JSON.stringify(batch)]);
      await this.database.query(
        `DELETE FROM course_search_versions
         WHERE version <> $1 AND version NOT IN (
           SELECT version FROM course_search_versions WHERE version <> $1
           ORDER BY used_at DESC, version LIMIT $2)`,
        [version, VERSIONS_KEPT - 1],
      );
      // Without ANALYZE the planner assumes a few rows until autovacuum runs, and chooses nested loops.
      await this.database.query('ANALYZE course_search');
      await this.database.query('ANALYZE course_search_words');
    });
  }
}

function toRow(document: SearchDocument) {
  const { kind, id, chapterId, sectionId, tier, title, heading, body, tags, acronyms } = document;
  return {
    kind,
    id,
    chapter_id: chapterId,
    section_id: sectionId,
    tier,
    title,
    heading,
    // No search answer shows the text of a whole chapter.
    body: kind === 'chapter' ? '' : body,
    tags,
    title_text: toSearchable(title),
    heading_text: toSearchable(heading),
    body_text: toSearchable(body),
    tags_text: toSearchable(tags),
    acronyms: toSearchable(acronyms),
  };
}

function inBatches<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) =>
    items.slice(at * size, (at + 1) * size),
  );
}
