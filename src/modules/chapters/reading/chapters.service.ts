import { Injectable } from '@nestjs/common';
import { EntitlementsService, type StoredAccessFacts } from 'src/modules/payments';
import { CourseService } from 'src/modules/chapters/course/course.service';
import type { Chapter } from 'src/modules/chapters/course/domain/chapter';
import type { SectionInCourse } from 'src/modules/chapters/course/domain/course';
import {
  deriveChapterProgress,
  type ChapterProgress,
  type SectionMarks,
} from 'src/modules/chapters/learning/domain/progress';
import { StudyRecorder } from 'src/modules/chapters/learning/study-recorder.service';
import { ProgressRepository } from './persistence/progress.repository';

export interface ChapterAccess {
  readonly chapter: Chapter;
  readonly hasAccess: boolean;
}

export interface ChapterOverview extends ChapterAccess {
  readonly progress: ChapterProgress;
}

export interface ReadChapter {
  readonly chapter: Chapter;
  readonly previous: ChapterAccess | undefined;
  readonly next: ChapterAccess | undefined;
  readonly progress: ChapterProgress;
  readonly marks: SectionMarks;
}

export interface ReadSection extends SectionInCourse {
  readonly marks: SectionMarks;
}

/** What the request has read with the session; the rest is read here. */
export interface KnownFacts {
  readonly access?: StoredAccessFacts | undefined;
  readonly marks?: SectionMarks | undefined;
}

/** A section after an update, with the progress of its chapter. */
export interface WorkedSection extends ReadSection {
  /** Of the whole chapter. */
  readonly progress: ChapterProgress;
}

/**
 * Reads the course and records a student's position in it. PremiumGuard has already checked access to the given chapter or
 * section. Reading has no side effects. Every method throws when the access rule throws.
 */
@Injectable()
export class ChaptersService {
  constructor(
    private readonly content: CourseService,
    private readonly entitlements: EntitlementsService,
    private readonly progress: ProgressRepository,
    private readonly recorder: StudyRecorder,
  ) {}

  /** All chapters in order, with the access and the progress of this student. */
  async listChapters(userId: string, known: KnownFacts = {}): Promise<ChapterOverview[]> {
    const { chapters } = this.content.course;
    const [isPremium, marks] = await Promise.all([
      this.isPremium(userId, chapters, known),
      known.marks ?? this.progress.loadMarks(userId),
    ]);
    return chapters.map((chapter) => ({
      ...toAccess(chapter, isPremium),
      progress: deriveChapterProgress(chapter, marks),
    }));
  }

  async readChapter(userId: string, chapter: Chapter, known: KnownFacts = {}): Promise<ReadChapter> {
    const { previous, next } = this.content.course.neighboursOf(chapter);
    const around = [previous, next].filter((one) => one !== undefined);
    const [isPremium, marks] = await Promise.all([
      // The guard has already checked access to a premium chapter.
      chapter.tier === 'premium' || this.isPremium(userId, around, known),
      known.marks ?? this.progress.loadMarks(userId),
    ]);
    return {
      chapter,
      previous: previous && toAccess(previous, isPremium),
      next: next && toAccess(next, isPremium),
      progress: deriveChapterProgress(chapter, marks),
      marks,
    };
  }

  async readSection(userId: string, place: SectionInCourse, known: KnownFacts = {}): Promise<ReadSection> {
    return { ...place, marks: known.marks ?? (await this.progress.loadMarks(userId)) };
  }

  /** Reads a section and records that the student opened it. Idempotent, see `StudyRecorder.recordOpening`. */
  async openSection(userId: string, place: SectionInCourse): Promise<WorkedSection> {
    await this.recorder.recordOpening(userId, place);
    return this.readWorked(userId, place);
  }

  /** Idempotent, see `StudyRecorder.recordStudy`; `seconds` is the time that the student spent on the section, if known. */
  async completeSection(userId: string, place: SectionInCourse, seconds?: number): Promise<WorkedSection> {
    await this.recorder.recordStudy(userId, place, seconds);
    return this.readWorked(userId, place);
  }

  private async readWorked(userId: string, place: SectionInCourse): Promise<WorkedSection> {
    const read = await this.readSection(userId, place);
    return { ...read, progress: deriveChapterProgress(place.chapter, read.marks) };
  }

  /** Asks the access rule only when one of these chapters is premium. */
  private async isPremium(
    userId: string,
    chapters: readonly Chapter[],
    { access }: KnownFacts,
  ): Promise<boolean> {
    if (chapters.every(({ tier }) => tier === 'free')) return false;
    return (await this.entitlements.decide(userId, access)).granted;
  }
}

function toAccess(chapter: Chapter, isPremium: boolean): ChapterAccess {
  return { chapter, hasAccess: chapter.tier === 'free' || isPremium };
}
