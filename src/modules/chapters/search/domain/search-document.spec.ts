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
  it('makes one of every section and of every term whose section exists', () => {
    expect(documents.filter(({ kind }) => kind === 'section')).toHaveLength(10);
    expect(documents.filter(({ kind }) => kind === 'glossary').map(({ id }) => id)).toEqual(['Gate']);
  });

  it('gives a section its chapter, tier and the names of the terms it explains', () => {
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

  it('leads from title and tags of a chapter to its first section', () => {
    const sections = documents.filter(({ kind }) => kind === 'section');
    expect(sections.filter(({ tags }) => tags !== '').map(({ id, tags }) => [id, tags])).toEqual([
      ['chapter-1-part-1', 'Title of chapter-1. basics'],
      ['chapter-2-part-1', 'Title of chapter-2. sample'],
    ]);
  });

  it('makes a document of each premium chapter as a whole, and of no free one', () => {
    const chapters = documents.filter(({ kind }) => kind === 'chapter');

    expect(chapters.map(({ id, tier }) => [id, tier])).toEqual([['chapter-2', 'premium']]);
    expect(chapters[0]?.body).toContain('Secret sentence 5 of chapter-2.');
  });

  it('makes definitions public wherever their term is explained', () => {
    expect(documents.find(({ id }) => id === 'Gate')).toMatchObject({
      tier: 'free',
      sectionId: 'chapter-2-part-3',
      body: DEFINITION,
    });
  });
});

describe('listCourseWords', () => {
  it('knows every word that a search can find or a suggestion can name, short ones too', () => {
    const words = listCourseWords(course);

    for (const { word } of buildSearchWords(course)) expect(words).toContain(word);
    expect(words).toContain('of');
    expect(words).not.toContain('xylophone');
  });
});

describe('buildSearchWords', () => {
  it('counts words and keeps those of premium text from whoever may not read it', () => {
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
