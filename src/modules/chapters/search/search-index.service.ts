import { createHash } from 'node:crypto';
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { CourseService } from 'src/modules/chapters/course/course.service';
import type { Course } from 'src/modules/chapters/course/domain/course';
import { buildSearchDocuments, buildSearchWords, listCourseWords } from './domain/search-document';
import { SearchIndexRepository } from './persistence/search-index.repository';
import { SearchUnavailableError } from './search.errors';

/** Increase it when the same content must be indexed differently. */
const INDEX_FORMAT = 2;

/** The search index of a course. */
export interface CourseIndex {
  readonly version: string;
  /** Every word of the course, in memory, so that correctly spelled queries need no database query for spelling. */
  readonly words: ReadonlySet<string>;
}

interface Indexed extends CourseIndex {
  readonly done: Promise<void>;
}

/**
 * Updates the search index when the process starts and at the first search after the course changes. Logs a failure and retries
 * at the next search; the process continues.
 */
@Injectable()
export class SearchIndexService implements OnApplicationBootstrap {
  private readonly logger = new Logger(SearchIndexService.name);
  private readonly known = new WeakMap<Course, Indexed>();

  constructor(
    private readonly content: CourseService,
    private readonly index: SearchIndexRepository,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.getIndex(this.content.course).catch(() => undefined);
  }

  /** Returns the index and builds it if necessary. Throws SearchUnavailableError when indexing fails. */
  async getIndex(course: Course): Promise<CourseIndex> {
    const indexed = this.known.get(course) ?? this.start(course);
    try {
      await indexed.done;
    } catch (error) {
      this.forget(course, indexed);
      throw new SearchUnavailableError(error);
    }
    return indexed;
  }

  /** Call it when a version is missing from the database, so that it is indexed again. */
  forgetVersion(course: Course): void {
    this.known.delete(course);
  }

  private start(course: Course): Indexed {
    const version = versionOf(course);
    const indexed = { version, words: listCourseWords(course), done: this.save(course, version) };
    this.known.set(course, indexed);
    return indexed;
  }

  // A caller that waited for a failed attempt must not delete the next one.
  private forget(course: Course, failed: Indexed): void {
    if (this.known.get(course) === failed) this.known.delete(course);
  }

  private async save(course: Course, version: string): Promise<void> {
    try {
      if (await this.index.touchVersion(version)) return;
      const documents = buildSearchDocuments(course);
      await this.index.saveCourse({ version, documents, words: buildSearchWords(course) });
      this.logger.log({ version, documents: documents.length }, 'indexed the course for search');
    } catch (error) {
      this.logger.warn({ err: error }, 'cannot index the course; search answers 503');
      throw error;
    }
  }
}

function versionOf({ chapters, glossary }: Course): string {
  const content = [INDEX_FORMAT, chapters.map(({ id, version }) => [id, version]), glossary.entries];
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32);
}
