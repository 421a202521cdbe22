import { aChapter } from 'src/modules/chapters/testing/chapter.factory';
import { Course } from 'src/modules/chapters/course/domain/course';
import { buildSearchDocuments, buildSearchWords, listCourseWords } from './search-document';

const DEFINITION = 'What a public definition says.';
const course = new Course(
  [
    aChapter({ position: 1, tags: ['basics'] }),
    aChapter({ position: 2, tier: 'premium', introduction: 'Publicly introduced.' }),
  ],
  [],
  [
    { term: 'Gate', aliases: ['RAG'], definition: DEFINITION, section: 'chapter-2-part-3' },
    { term: 'Lost', aliases: [], definition: DEFINITION, section: 'nowhere' },
  ],
);
const documents = buildSearchDocuments(course);

describe('buildSearchDocuments', () => {
  it('creates a document for every section, and for every term whose section exists', () => {
    expect(documents.filter(({ kind }) => kind === 'section')).toHaveLength(10);
    expect(documents.filter(({ kind }) => kind === 'glossary').map(({ id }) => id)).toEqual(['Gate']);
  });

  it('includes the chapter, the tier and the names of the explained terms in a section document', () => {
    expect(documents.find(({ id }) => id === 'chapter-2-part-3')).toMatchObject({
      chapterId: 'chapter-2',
      tier: 'premium',
      title: 'Part 3 of chapter-2',
      heading: 'Gate. RAG',
      body: 'Secret sentence 3 of chapter-2. Another secret sentence.',
      tags: '',
      acronyms: 'RAG',
    });
  });

  it('finds the first section by the title and tags of its chapter', () => {
    const sections = documents.filter(({ kind }) => kind === 'section');
    expect(sections.filter(({ tags }) => tags !== '').map(({ id, tags }) => [id, tags])).toEqual([
      ['chapter-1-part-1', 'Title of chapter-1. basics'],
      ['chapter-2-part-1', 'Title of chapter-2. sample'],
    ]);
  });

  it('creates a document for each premium chapter and none for free ones', () => {
    const chapters = documents.filter(({ kind }) => kind === 'chapter');

    expect(chapters.map(({ id, tier }) => [id, tier])).toEqual([['chapter-2', 'premium']]);
    expect(chapters[0]?.body).toContain('Secret sentence 5 of chapter-2.');
  });

  it('makes all definitions public', () => {
    expect(documents.find(({ id }) => id === 'Gate')).toMatchObject({
      tier: 'free',
      sectionId: 'chapter-2-part-3',
      body: DEFINITION,
    });
  });
});

describe('listCourseWords', () => {
  it('contains every word that a search can find or a suggestion can use, including short ones', () => {
    const words = listCourseWords(course);

    for (const { word } of buildSearchWords(course)) expect(words).toContain(word);
    expect(words).toContain('of');
    expect(words).not.toContain('xylophone');
  });
});

describe('buildSearchWords', () => {
  it('counts words and marks those that occur only in premium text', () => {
    const premium = aChapter({ position: 2, tier: 'premium', introduction: 'Publicly introduced.' });
    const [first, ...rest] = premium.sections;
    if (first === undefined) throw new Error('the factory made no section');
    const sections = [{ ...first, body: 'Xylophone xylophone publicly.' }, ...rest];
    const words = buildSearchWords(new Course([aChapter(), { ...premium, sections }]));

    expect(words.find(({ word }) => word === 'xylophone')).toEqual({
      word: 'xylophone',
      tier: 'premium',
      occurrences: 2,
    });
    expect(words.find(({ word }) => word === 'publicly')?.tier).toBe('free');
    expect(words.find(({ word }) => word === 'secret')?.tier).toBe('free');
    expect(words.some(({ word }) => word.length < 3)).toBe(false);
  });
});
