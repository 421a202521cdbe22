import { Injectable } from '@nestjs/common';
import { EntitlementsService } from 'src/modules/payments';
import { CourseService } from './course.service';
import type { Chapter } from './domain/chapter';
import type { Course, SectionInCourse } from './domain/course';
import type { GlossaryEntry } from './domain/glossary';
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
  readonly suggestion: string | undefined;
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

/** More would be a list to read and not an explanation. */
const DEFINITIONS = 3;

/** Finding things in the course. Access is asked once per search; when the rule cannot answer, neither can the search. */
@Injectable()
export class SearchService {
  constructor(
    private readonly content: CourseService,
    private readonly entitlements: EntitlementsService,
    private readonly index: SearchIndexService,
    private readonly repository: SearchRepository,
  ) {}

  /** Throws SearchUnavailableError until the course is indexed. */
  async search(userId: string, { query, limit }: SearchQuery): Promise<SearchAnswer> {
    const { course } = this.content;
    const isPremium = await this.isPremium(userId, course);
    const version = await this.index.getVersion(course);
    const term = course.glossary.find(query);
    const request: SearchRequest = {
      version,
      query: toSearchable(query),
      tiers: isPremium ? ['free', 'premium'] : ['free'],
      limit,
      preferred: term?.section,
    };
    const result = await this.find(course, request);
    const unknown = await this.repository.listUnknownWords(request, [...new Set(listWords(query))]);
    return {
      query,
      ...toAnswer(course, result),
      glossary: listDefinitions(course, [...(term ? [term.term] : []), ...result.terms]),
      suggestion: deriveSuggestion(query, unknown),
    };
  }

  /** By name or alias. Throws GlossaryTermNotFoundError with terms that look like it. */
  getTerm(name: string): GlossaryTerm {
    const { course } = this.content;
    const entry = course.glossary.find(name);
    const place = entry && course.findSection(entry.section);
    if (entry === undefined || place === undefined)
      throw new GlossaryTermNotFoundError(course.glossary.suggest(name));
    return { entry, place };
  }

  /** In the order of the alphabet. */
  listTerms(): GlossaryTerm[] {
    const { course } = this.content;
    return course.glossary.entries.flatMap((entry) => {
      const place = course.findSection(entry.section);
      return place === undefined ? [] : [{ entry, place }];
    });
  }

  private async find(course: Course, request: SearchRequest): Promise<SearchResult> {
    const strict = await this.repository.searchStrictly(request);
    if (!strict.isIndexed) {
      // Newer versions have pushed this one out, or somebody emptied the table.
      this.index.forgetVersion(course);
      throw new SearchUnavailableError();
    }
    if (strict.sections.length > 0 || strict.locked.length > 0) return strict;
    const loose = await this.repository.searchLoosely(request);
    return strict.terms.length > 0 ? { ...loose, terms: strict.terms } : loose;
  }

  private async isPremium(userId: string, { chapters }: Course): Promise<boolean> {
    if (chapters.every(({ tier }) => tier === 'free')) return false;
    return (await this.entitlements.getAccess(userId)).granted;
  }
}

function toAnswer(course: Course, { sections, locked }: SearchResult) {
  const matchesOf = new Map(locked.map(({ chapterId, matches }) => [chapterId, matches]));
  return {
    hits: sections.flatMap(({ sectionId, snippet, score }): SearchHit[] => {
      const place = course.findSection(sectionId);
      return place === undefined ? [] : [{ ...place, snippet, score }];
    }),
    lockedMatches: locked.reduce((sum, { matches }) => sum + matches, 0),
    lockedChapters: course.chapters.filter(({ id }) => matchesOf.has(id)),
  };
}

function listDefinitions({ glossary }: Course, terms: readonly string[]): GlossaryEntry[] {
  return [...new Set(terms)].slice(0, DEFINITIONS).flatMap((term) => glossary.find(term) ?? []);
}
