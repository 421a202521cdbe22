import { Course } from 'src/modules/chapters/course/domain/course';
import { buildSearchDocuments, buildSearchWords } from 'src/modules/chapters/search/domain/search-document';
import { aChapter } from 'src/modules/chapters/testing/chapter.factory';
import { useTestDatabase } from '../../../../../test/support/use-test-database';
import { SearchIndexRepository } from './search-index.repository';
import { SearchRepository } from './search.repository';

describe('SearchIndexRepository', () => {
  const testDatabase = useTestDatabase();
  let index: SearchIndexRepository;

  beforeAll(() => {
    index = new SearchIndexRepository(testDatabase.database);
  });
  beforeEach(() => testDatabase.database.query('DELETE FROM course_search_versions'));

  const save = (version: string, course = new Course([aChapter()])) =>
    index.saveCourse({
      version,
      documents: buildSearchDocuments(course),
      words: buildSearchWords(course),
    });
  const versions = async () =>
    (
      await testDatabase.database.query<{ version: string }>(
        'SELECT version FROM course_search_versions ORDER BY used_at',
      )
    ).map(({ version }) => version);

  it('indexes every document once when several processes start concurrently', async () => {
    await Promise.all(Array.from({ length: 8 }, () => save('one')));

    expect(await versions()).toEqual(['one']);
    expect(await testDatabase.database.query('SELECT 1 FROM course_search')).toHaveLength(5);
    expect(await index.touchVersion('one')).toBe(true);
    expect(await index.touchVersion('two')).toBe(false);
  });

  it('keeps the two most recently used versions and deletes the others', async () => {
    await save('one');
    await save('two');
    await index.touchVersion('one');
    await save('three');

    expect(await versions()).toEqual(['one', 'three']);
    const left = await testDatabase.database.query(
      'SELECT DISTINCT version FROM course_search ORDER BY version',
    );
    expect(left).toEqual([{ version: 'one' }, { version: 'three' }]);
    expect(
      await testDatabase.database.query(`SELECT 1 FROM course_search_words WHERE version = 'two'`),
    ).toEqual([]);
  });

  it('leaves nothing behind when a document cannot be saved', async () => {
    const [document] = buildSearchDocuments(new Course([aChapter()]));
    if (document === undefined) throw new Error('the factory made no document');

    await expect(
      index.saveCourse({ version: 'broken', documents: [document, document], words: [] }),
    ).rejects.toMatchObject({ driverError: { constraint: 'course_search_pkey' } });

    expect(await versions()).toEqual([]);
    expect(await testDatabase.database.query('SELECT 1 FROM course_search')).toEqual([]);
  });

  it('searches each version separately and reports a missing one', async () => {
    await save('old', new Course([aChapter({ tags: ['zebra'] })]));
    await save('new');
    const search = new SearchRepository(testDatabase.database);
    const find = (version: string) =>
      search.searchStrictly({ version, query: 'zebra', tiers: ['free'], limit: 5 });

    expect((await find('old')).sections).toHaveLength(1);
    expect(await find('new')).toMatchObject({ isIndexed: true, sections: [] });
    expect(await find('none')).toMatchObject({ isIndexed: false, sections: [] });
  });

  it('finds an acronym that looks like a stop word', async () => {
    const chapter = aChapter();
    const [first, ...rest] = chapter.sections;
    if (first === undefined) throw new Error('the factory made no section');
    await save(
      'it',
      new Course([{ ...chapter, sections: [{ ...first, body: 'Ask IT/HR first.' }, ...rest] }]),
    );
    const search = new SearchRepository(testDatabase.database);
    const found = async (query: string) =>
      (await search.searchStrictly({ version: 'it', query, tiers: ['free'], limit: 5 })).sections.map(
        ({ sectionId }) => sectionId,
      );

    expect(await found('IT')).toEqual([first.id]);
    expect(await found('HR')).toEqual([first.id]);
    expect(await found('the')).toEqual([]);
  });

  it('looks for corrections among words of the same first letter and about the same length, without stop words', async () => {
    const words = ['chain', 'can', 'chant', 'train', 'chancellery', 'secret'].map((word) => ({
      word,
      tier: word === 'secret' ? ('premium' as const) : ('free' as const),
      occurrences: 1,
    }));
    await index.saveCourse({ version: 'words', documents: [], words });
    const search = new SearchRepository(testDatabase.database);
    const candidatesOf = async (word: string) =>
      (await search.listUnknownWords({ version: 'words', tiers: ['free'] }, [word])).flatMap(
        ({ candidates }) => candidates.map((candidate) => candidate.word).sort(),
      );

    expect(await candidatesOf('chan')).toEqual(['chain', 'chant']);
    expect(await candidatesOf('secrt')).toEqual([]);
    expect(await candidatesOf('chain')).toEqual([]);
  });

  it('updates the planner statistics', async () => {
    await save('one');

    const [planned] = await testDatabase.database.query(
      `SELECT reltuples::int AS rows FROM pg_class WHERE relname = 'course_search'`,
    );
    expect(planned).toEqual({ rows: 5 });
  });
});
