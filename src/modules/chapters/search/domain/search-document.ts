import type { Chapter, Section, Tier } from 'src/modules/chapters/course/domain/chapter';
import type { Course } from 'src/modules/chapters/course/domain/course';
import { namesOf, type GlossaryEntry } from 'src/modules/chapters/course/domain/glossary';
import { listAcronyms, listHeadings, listWords, toPlainText } from './search-text';

export type SearchKind = 'section' | 'glossary' | 'chapter';

/** One searchable document. Fields are in the order of their weight. */
export interface SearchDocument {
  readonly kind: SearchKind;
  /** The id of the section or chapter, or the glossary term. */
  readonly id: string;
  readonly chapterId: string;
  readonly sectionId: string;
  /** Who may see `body`. Definitions are always public. */
  readonly tier: Tier;
  readonly title: string;
  readonly heading: string;
  readonly body: string;
  readonly tags: string;
  /** Matched as written, even when a stop word looks the same. */
  readonly acronyms: string;
}

/** A candidate for the correction of a misspelled word. */
export interface SearchWord {
  readonly word: string;
  /** `premium` when no public text contains it, so that corrections do not reveal it. */
  readonly tier: Tier;
  readonly occurrences: number;
}

const SHORTEST_WORD = 3;

/** All searchable documents of a course: sections in order, the glossary, then one document per premium chapter. */
export function buildSearchDocuments(course: Course): SearchDocument[] {
  return [...buildReadableDocuments(course), ...course.chapters.flatMap(toChapterDocument)];
}

function buildReadableDocuments(course: Course): SearchDocument[] {
  const explained = Map.groupBy(course.glossary.entries, ({ section }) => section);
  return [
    ...course.chapters.flatMap((chapter) =>
      chapter.sections.map((section) => toSectionDocument(chapter, section, explained.get(section.id) ?? [])),
    ),
    ...course.glossary.entries.flatMap((entry) => toGlossaryDocument(course, entry)),
  ];
}

/**
 * The names of the terms that a section explains have the weight of a heading, so that "RAG" finds that section and not the one
 * that repeats the word most. The title and tags of a chapter belong to its first section only.
 */
function toSectionDocument(
  chapter: Chapter,
  section: Section,
  explained: readonly GlossaryEntry[],
): SearchDocument {
  const heading = [...explained.flatMap(namesOf), ...listHeadings(section.body)].join('. ');
  const body = toPlainText(section.body);
  return {
    kind: 'section',
    id: section.id,
    chapterId: chapter.id,
    sectionId: section.id,
    tier: chapter.tier,
    title: section.title,
    heading,
    body,
    tags: section.position === 1 ? [chapter.title, ...chapter.tags].join('. ') : '',
    acronyms: listAcronyms([section.title, heading, body].join('\n')).join(' '),
  };
}

/** Tells readers without access which words occur in a premium chapter. */
function toChapterDocument(chapter: Chapter): SearchDocument[] {
  if (chapter.tier === 'free') return [];
  const { id, title, sections, tags } = chapter;
  const body = sections.map((section) => [section.title, toPlainText(section.body)].join('\n')).join('\n');
  return [
    {
      kind: 'chapter',
      id,
      chapterId: id,
      sectionId: '',
      tier: chapter.tier,
      title,
      heading: '',
      body,
      tags: tags.join('. '),
      acronyms: listAcronyms([title, body].join('\n')).join(' '),
    },
  ];
}

function toGlossaryDocument(course: Course, entry: GlossaryEntry): SearchDocument[] {
  const place = course.findSection(entry.section);
  if (place === undefined) return [];
  return [
    {
      kind: 'glossary',
      id: entry.term,
      chapterId: place.chapter.id,
      sectionId: place.section.id,
      tier: 'free',
      title: entry.term,
      heading: entry.aliases.join('. '),
      body: entry.definition,
      tags: '',
      acronyms: listAcronyms(namesOf(entry).join('\n')).join(' '),
    },
  ];
}

/** Every word of the course in lower case, free and premium. Used to detect misspelled words, never shown. */
export function listCourseWords(course: Course): ReadonlySet<string> {
  const { open, premium } = listTexts(course);
  return new Set([...open, ...premium].flatMap(listWords));
}

/** Every word of the course with its number of occurrences, for corrections. */
export function buildSearchWords(course: Course): SearchWord[] {
  const { open, premium } = listTexts(course);
  const isPublic = new Set(open.flatMap(listWords));
  const counted = new Map<string, number>();
  for (const word of [...open, ...premium].flatMap(listWords))
    if (word.length >= SHORTEST_WORD) counted.set(word, (counted.get(word) ?? 0) + 1);
  return [...counted].map(([word, occurrences]) => ({
    word,
    tier: isPublic.has(word) ? 'free' : 'premium',
    occurrences,
  }));
}

/** Public texts, and the texts of premium sections. */
function listTexts(course: Course): { readonly open: string[]; readonly premium: string[] } {
  const documents = buildReadableDocuments(course);
  const textsOf = (tier: Tier) =>
    documents.filter((one) => one.tier === tier).flatMap(({ heading, body }) => [heading, body]);
  const aboutChapters = course.chapters.flatMap(({ title, subtitle, tags, introduction }) => [
    title,
    subtitle,
    ...tags,
    introduction,
  ]);
  const titles = documents.map(({ title }) => title);
  return { open: [...titles, ...textsOf('free'), ...aboutChapters], premium: textsOf('premium') };
}
