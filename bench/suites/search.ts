import { join } from 'node:path';
import { createDataSource } from '../../src/database/data-source';
import { Database } from '../../src/database/database';
import { loadCourse } from '../../src/modules/chapters/course/content/load-course';
import type { CourseService } from '../../src/modules/chapters/course/course.service';
import { Course } from '../../src/modules/chapters/course/domain/course';
import { SearchIndexRepository } from '../../src/modules/chapters/search/persistence/search-index.repository';
import { SearchRepository } from '../../src/modules/chapters/search/persistence/search.repository';
import { SearchIndexService } from '../../src/modules/chapters/search/search-index.service';
import { SearchService } from '../../src/modules/chapters/search/search.service';
import type { EntitlementsService } from '../../src/modules/payments';
import { createTestDatabase } from '../../test/support/database';
import { HEADER, load, row, type Measured } from '../measure';

const TIMES_AS_LARGE = 100;
/** Each word has this many forms, and a copy uses one of them. */
const FORMS = 10;
const SYLLABLES = ['', 'bax', 'kox', 'mix', 'rux', 'tex', 'zox', 'lix', 'nax', 'pux'];
const SEARCHES = { count: 600, concurrency: 1 };

export interface SearchFigures {
  readonly sections: number;
  readonly indexingMs: number;
  /** A statement that does nothing: the current cost of the machine and the connection. */
  readonly roundTrip: Measured;
  /** Typical questions: terms, titles, pairs of words. */
  readonly topics: Measured;
  /** One misspelled word, which adds the search for corrections. */
  readonly typos: Measured;
}

/**
 * Searches a course a hundred times as large as ours, one search at a time. Plain copies would put every word into every
 * chapter, so every longer word has ten forms and a copy uses one of them. Measures the search without HTTP and without the
 * access check. Needs a test PostgreSQL (test/support/global-setup.ts).
 */
export async function run(): Promise<SearchFigures> {
  const small = await loadCourse(join(process.cwd(), 'content'));
  const course = enlarge(small);
  const database = await createTestDatabase();
  const dataSource = await createDataSource(database.url).initialize();
  try {
    const pool = new Database(dataSource);
    const index = new SearchIndexService(
      { course } as unknown as CourseService,
      new SearchIndexRepository(pool),
    );
    const started = performance.now();
    await index.getIndex(course);
    const indexingMs = performance.now() - started;
    const service = new SearchService(
      { course } as unknown as CourseService,
      { decide: () => Promise.resolve({ granted: false }) } as unknown as EntitlementsService,
      index,
      new SearchRepository(pool),
    );
    const topics = topicsOf(small);
    const search = (queries: readonly string[]) => searchAll(service, queries);
    await search(topics);
    const figures = {
      sections: course.chapters.flatMap(({ sections }) => sections).length,
      indexingMs,
      roundTrip: await load(SEARCHES, async () => (await pool.query('SELECT 1')).length === 1),
      topics: await search(topics),
      typos: await search(topics.filter((topic) => topic.length > 6).map(misspell)),
    };
    print(figures);
    return figures;
  } finally {
    await dataSource.destroy();
    await database.drop();
  }
}

function searchAll(service: SearchService, queries: readonly string[]): Promise<Measured> {
  return load(SEARCHES, async (n) => {
    const query = queries[n % queries.length] ?? '';
    return (await service.search('student', { query, limit: 5 })).query === query;
  });
}

function print({ sections, indexingMs, roundTrip, topics, typos }: SearchFigures): void {
  console.log(`\nsearch in ${sections} sections, indexed in ${(indexingMs / 1000).toFixed(1)} s\n${HEADER}`);
  console.log(row('SELECT 1 (baseline)', roundTrip, roundTrip));
  console.log(row('search for a topic', topics, roundTrip));
  console.log(row('search for a misspelled topic', typos, roundTrip));
}

function enlarge({ chapters, glossary }: Course): Course {
  const copies = Array.from({ length: TIMES_AS_LARGE }, (_, n) => n);
  return new Course(
    copies.flatMap((n) =>
      chapters.map((chapter) => ({
        ...chapter,
        id: `${chapter.id}-${n}`,
        position: n * chapters.length + chapter.position,
        title: rename(chapter.title, n),
        tags: chapter.tags.map((tag) => rename(tag, n)),
        sections: chapter.sections.map((section) => ({
          ...section,
          id: `${section.id}-${n}`,
          title: rename(section.title, n),
          body: rename(section.body, n),
        })),
      })),
    ),
    [],
    copies.flatMap((n) =>
      glossary.entries.map((entry) => ({
        ...entry,
        term: n === 0 ? entry.term : `${entry.term} ${n}`,
        aliases: n === 0 ? entry.aliases : [],
        definition: rename(entry.definition, n),
        section: `${entry.section}-${n}`,
      })),
    ),
  );
}

function rename(text: string, copy: number): string {
  if (copy === 0) return text;
  return text.replace(
    /\p{L}{4,}/gu,
    (word) => word + (SYLLABLES[(hash(word.toLowerCase()) + copy) % FORMS] ?? ''),
  );
}

function hash(word: string): number {
  return [...word].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 7);
}

function topicsOf({ chapters, glossary }: Course): string[] {
  const sections = chapters.flatMap((chapter) => chapter.sections);
  return [
    ...glossary.entries.flatMap(({ term, aliases }) => [term, ...aliases]),
    ...sections.map(({ title }) => title),
    ...sections.flatMap(({ body }) => {
      const words = body.match(/\p{L}{5,}/gu) ?? [];
      return [50, 120, 200].map((at) => `${words[at] ?? 'model'} ${words[at + 1] ?? 'text'}`);
    }),
  ];
}

function misspell(topic: string): string {
  return `${topic.slice(0, 3)}${topic.slice(4)}`;
}
