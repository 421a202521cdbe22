import type { Chapter, Section } from './chapter';
import { Glossary, type GlossaryEntry } from './glossary';
import type { Quiz } from './quiz';

export interface SectionInCourse {
  readonly chapter: Chapter;
  readonly section: Section;
}

export interface QuizInCourse {
  readonly chapter: Chapter;
  readonly quiz: Quiz;
}

export interface Neighbours<T> {
  readonly previous: T | undefined;
  readonly next: T | undefined;
}

/** A validated course. Immutable: a reload replaces it. */
export class Course {
  readonly chapters: readonly Chapter[];
  readonly glossary: Glossary;
  private readonly chapterById: ReadonlyMap<string, Chapter>;
  private readonly sectionById: ReadonlyMap<string, SectionInCourse>;
  private readonly quizByChapterId: ReadonlyMap<string, Quiz>;

  constructor(
    chapters: readonly Chapter[],
    quizzes: readonly Quiz[] = [],
    terms: readonly GlossaryEntry[] = [],
    /** As printed on certificates. */
    readonly title = 'Course',
  ) {
    this.glossary = new Glossary(terms);
    this.chapters = chapters.toSorted((a, b) => a.position - b.position);
    this.chapterById = new Map(chapters.map((chapter) => [chapter.id, chapter]));
    this.sectionById = new Map(
      chapters.flatMap((chapter) => chapter.sections.map((section) => [section.id, { chapter, section }])),
    );
    this.quizByChapterId = new Map(quizzes.map((quiz) => [quiz.chapterId, quiz]));
  }

  findChapter(id: string): Chapter | undefined {
    return this.chapterById.get(id);
  }

  findSection(id: string): SectionInCourse | undefined {
    return this.sectionById.get(id);
  }

  /** Undefined for an unknown chapter and for one without a quiz. */
  findQuiz(chapterId: string): QuizInCourse | undefined {
    const chapter = this.chapterById.get(chapterId);
    const quiz = this.quizByChapterId.get(chapterId);
    return chapter && quiz && { chapter, quiz };
  }

  neighboursOf(chapter: Chapter): Neighbours<Chapter> {
    return findNeighbours(this.chapters, chapter);
  }
}

/** The previous and the next section in the same chapter. */
export function neighbouringSections({ chapter, section }: SectionInCourse): Neighbours<Section> {
  return findNeighbours(chapter.sections, section);
}

function findNeighbours<T extends { readonly id: string }>(items: readonly T[], item: T): Neighbours<T> {
  const index = items.findIndex(({ id }) => id === item.id);
  if (index === -1) return { previous: undefined, next: undefined };
  return { previous: items[index - 1], next: items[index + 1] };
}
