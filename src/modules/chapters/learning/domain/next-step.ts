import type { Chapter, Section } from 'src/modules/chapters/course/domain/chapter';
import { findSectionToContinue, inOrderOfWork, type LearnedChapter } from './learned-chapter';

/** What to do now. Chapters and sections are those of today's course. */
export type NextStep =
  | {
      readonly kind: 'start_chapter' | 'resume_section';
      readonly chapter: Chapter;
      readonly section: Section;
    }
  | { readonly kind: 'take_quiz' | 'upgrade'; readonly chapter: Chapter }
  | { readonly kind: 'get_certificate' };

/**
 * Finishes the chapter worked on last, then goes on with the following ones, then with those left out before. Whatever is
 * open comes before the offer to upgrade, and the certificate comes when nothing is left.
 */
export function decideNextStep(learned: readonly LearnedChapter[], hasPremium: boolean): NextStep {
  const left = inOrderOfWork(learned).filter(({ doneAt }) => doneAt === undefined);
  const open = left.find(({ chapter }) => chapter.tier === 'free' || hasPremium);
  if (open !== undefined) return continueWith(open);
  const locked = learned.find(({ doneAt }) => doneAt === undefined);
  return locked === undefined ? { kind: 'get_certificate' } : { kind: 'upgrade', chapter: locked.chapter };
}

function continueWith(learned: LearnedChapter): NextStep {
  const { chapter, progress } = learned;
  const section = findSectionToContinue(learned);
  if (section === undefined) return { kind: 'take_quiz', chapter };
  const kind = progress.status === 'not_started' ? 'start_chapter' : 'resume_section';
  return { kind, chapter, section };
}
