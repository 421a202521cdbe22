import { Injectable } from '@nestjs/common';
import { EntitlementsService, type StoredAccessFacts } from 'src/modules/payments';
import { CourseService } from 'src/modules/chapters/course/course.service';
import { TIERS, type Chapter } from 'src/modules/chapters/course/domain/chapter';
import type { Course, SectionInCourse } from 'src/modules/chapters/course/domain/course';
import type { GlossaryEntry } from 'src/modules/chapters/course/domain/glossary';
import { deriveSuggestion } from './domain/search-suggestion';
import { listWords, toSearchable } from './domain/search-text';
import { SearchRepository, type SearchRequest, type SearchResult } from './persistence/search.repository';
import { SearchIndexService } from './search-index.service';
import { GlossaryTermNotFoundError, SearchUnavailableError } from './search.errors';

export interface SearchHit extends SectionInCourse {
  readonly snippet: string;
  readonly score: number;
}

export interface SearchAnswer {
  readonly query: string;
  /** Only sections that this student may read, best first. */
  readonly hits: readonly SearchHit[];
  readonly lockedMatches: number;
  readonly lockedChapters: readonly Chapter[];
  readonly glossary: readonly GlossaryEntry[];
  /** The query with corrected spelling. */
  readonly suggestion: string | undefined;
  /** Set when the query found nothing and the hits are for the suggestion. */
  readonly searchedFor: string | undefined;
}

export interface GlossaryTerm {
  readonly entry: GlossaryEntry;
  /** The section that explains it. */
  readonly place: SectionInCourse;
}

export interface SearchQuery {
  readonly query: string;
  readonly limit: number;
}

const FREE_ONLY = ['free'] as const;

/** Limits the definitions in one answer. */
const DEFINITIONS = 3;

/** Searches the course and the glossary. Asks the access rule once per search and throws when the rule throws. */
@Injectable()
export class SearchService {
  constructor(
    private readonly content: CourseService,
    private readonly entitlements: EntitlementsService,
    private readonly index: SearchIndexService,
    private readonly repository: SearchRepository,
  ) {}

  /**
   * Returns matches of the query. Without matches it tries the corrected query, then any rare word of the query. Throws
   * SearchUnavailableError until the course is indexed.
   */
  async search(
    userId: string,
    { query, limit }: SearchQuery,
    access?: StoredAccessFacts,
  ): Promise<SearchAnswer> {
    const { course } = this.content;
    const tiers = (await this.isPremium(userId, course, access)) ? TIERS : FREE_ONLY;
    const { version, words } = await this.index.getIndex(course);
    const asking = (text: string): SearchRequest => {
      const preferred = course.glossary.find(text)?.section;
      return { version, query: toSearchable(text), tiers, limit, preferred };
    };
    const [strict, suggestion] = await Promise.all([
      this.searchStrictly(course, asking(query)),
      this.suggest({ version, tiers }, { query, known: words }),
    ]);
    const corrected =
      isEmpty(strict) && suggestion !== undefined
        ? await this.searchStrictly(course, asking(suggestion))
        : undefined;
    if (corrected !== undefined && suggestion !== undefined && !isEmpty(corrected))
      return { query, ...toAnswer(course, corrected, suggestion), suggestion, searchedFor: suggestion };
    const result = await this.widen(strict, asking(query));
    return { query, ...toAnswer(course, result, query), suggestion, searchedFor: undefined };
  }

  /** By name or alias. Throws GlossaryTermNotFoundError with similar terms. */
  getTerm(name: string): GlossaryTerm {
    const { course } = this.content;
    const entry = course.glossary.find(name);
    const place = entry && course.findSection(entry.section);
    if (entry === undefined || place === undefined)
      throw new GlossaryTermNotFoundError(course.glossary.suggest(name));
    return { entry, place };
  }

  /** In alphabetical order. */
  listTerms(): GlossaryTerm[] {
    const { course } = this.content;
    return course.glossary.entries.flatMap((entry) => {
      const place = course.findSection(entry.section);
      return place === undefined ? [] : [{ entry, place }];
    });
  }

  private async searchStrictly(course: Course, request: SearchRequest): Promise<SearchResult> {
    const result = await this.repository.searchStrictly(request);
    if (result.isIndexed) return result;
    // Newer versions replaced this one, or the table was emptied.
    this.index.forgetVersion(course);
    throw new SearchUnavailableError();
  }

  /** Searches for any of the words when no section has all of them. */
  private async widen(strict: SearchResult, request: SearchRequest): Promise<SearchResult> {
    if (strict.sections.length > 0 || strict.lockedChapterIds.length > 0) return strict;
    const loose = await this.repository.searchLoosely(request);
    return strict.terms.length > 0 ? { ...loose, terms: strict.terms } : loose;
  }

  private async suggest(
    scope: Pick<SearchRequest, 'version' | 'tiers'>,
    { query, known }: { readonly query: string; readonly known: ReadonlySet<string> },
  ): Promise<string | undefined> {
    const unknown = new Set(listWords(query)).difference(known);
    if (unknown.size === 0) return undefined;
    return deriveSuggestion(query, await this.repository.listUnknownWords(scope, [...unknown]));
  }

  private async isPremium(
    userId: string,
    { chapters }: Course,
    access: StoredAccessFacts | undefined,
  ): Promise<boolean> {
    if (chapters.every(({ tier }) => tier === 'free')) return false;
    return (await this.entitlements.decide(userId, access)).granted;
  }
}

function isEmpty({ sections, terms, lockedChapterIds }: SearchResult): boolean {
  return sections.length === 0 && terms.length === 0 && lockedChapterIds.length === 0;
}

/** `query` is the query that produced the result. */
function toAnswer(course: Course, { sections, lockedChapterIds, terms }: SearchResult, query: string) {
  const lockedChapters = course.chapters.filter(({ id }) => lockedChapterIds.includes(id));
  const named = course.glossary.find(query);
  return {
    hits: sections.flatMap(({ sectionId, snippet, score }): SearchHit[] => {
      const place = course.findSection(sectionId);
      return place === undefined ? [] : [{ ...place, snippet, score }];
    }),
    // A number of sections or occurrences would reveal more than the presence of words.
    lockedMatches: lockedChapters.length,
    lockedChapters,
    glossary: listDefinitions(course, [...(named ? [named.term] : []), ...terms]),
  };
}

function listDefinitions({ glossary }: Course, terms: readonly string[]): GlossaryEntry[] {
  return [...new Set(terms)].slice(0, DEFINITIONS).flatMap((term) => glossary.find(term) ?? []);
}
