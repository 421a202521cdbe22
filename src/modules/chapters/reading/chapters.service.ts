import { Injectable } from '@nestjs/common';
import { EntitlementsService } from 'src/modules/payments';
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

/** A section on which something was recorded, and what has come of it. */
export interface WorkedSection extends ReadSection {
  /** Of the whole chapter. */
  readonly progress: ChapterProgress;
}

/**
 * Reading the course and keeping a student's place in it. Methods that take a chapter or section trust that PremiumGuard
 * has let its reader in. Reading has no side effects. An access rule that cannot answer makes every method throw.
 */
@Injectable()
export class ChaptersService {
  constructor(
    private readonly content: CourseService,
    private readonly entitlements: EntitlementsService,
    private readonly progress: ProgressRepository,
    private readonly recorder: StudyRecorder,
  ) {}

  /** The whole course in order, with what this student may open and has done. */
  async listChapters(userId: string): Promise<ChapterOverview[]> {
    const { chapters } = this.content.course;
    const [isPremium, marks] = await Promise.all([
      this.isPremium(userId, chapters),
      this.progress.loadMarks(userId),
    ]);
    return chapters.map((chapter) => ({
      ...toAccess(chapter, isPremium),
      progress: deriveChapterProgress(chapter, marks),
    }));
  }

  async readChapter(userId: string, chapter: Chapter): Promise<ReadChapter> {
    const { previous, next } = this.content.course.neighboursOf(chapter);
    const around = [previous, next].filter((one) => one !== undefined);
    const [isPremium, marks] = await Promise.all([
      // Whom the guard has let into a premium chapter need not be looked up twice.
      chapter.tier === 'premium' || this.isPremium(userId, around),
      this.progress.loadMarks(userId),
    ]);
    return {
      chapter,
      previous: previous && toAccess(previous, isPremium),
      next: next && toAccess(next, isPremium),
      progress: deriveChapterProgress(chapter, marks),
      marks,
    };
  }

  async readSection(userId: string, place: SectionInCourse): Promise<ReadSection> {
    return { ...place, marks: await this.progress.loadMarks(userId) };
  }

  /** Reads a section and remembers that the student is there. Idempotent, see `StudyRecorder.recordOpening`. */
  async openSection(userId: string, place: SectionInCourse): Promise<WorkedSection> {
    await this.recorder.recordOpening(userId, place);
    return this.readWorked(userId, place);
  }

  /** Idempotent, see `StudyRecorder.recordStudy`; `seconds` is the time the student worked on the section, if known. */
  async completeSection(userId: string, place: SectionInCourse, seconds?: number): Promise<WorkedSection> {
    await this.recorder.recordStudy(userId, place, seconds);
    return this.readWorked(userId, place);
  }

  private async readWorked(userId: string, place: SectionInCourse): Promise<WorkedSection> {
    const read = await this.readSection(userId, place);
    return { ...read, progress: deriveChapterProgress(place.chapter, read.marks) };
  }

  /** Asks only when one of these chapters depends on the answer. */
  private async isPremium(userId: string, chapters: readonly Chapter[]): Promise<boolean> {
    if (chapters.every(({ tier }) => tier === 'free')) return false;
    return (await this.entitlements.getAccess(userId)).granted;
  }
}

function toAccess(chapter: Chapter, isPremium: boolean): ChapterAccess {
  return { chapter, hasAccess: chapter.tier === 'free' || isPremium };
}
