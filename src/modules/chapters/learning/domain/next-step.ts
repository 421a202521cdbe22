import type { Chapter, Section } from 'src/modules/chapters/course/domain/chapter';
import { findSectionToContinue, inOrderOfWork, type LearnedChapter } from './learned-chapter';

/** The next step. Chapters and sections are those of the current course. */
export type NextStep =
  | {
      readonly kind: 'start_chapter' | 'resume_section';
      readonly chapter: Chapter;
      readonly section: Section;
    }
  | { readonly kind: 'take_quiz' | 'upgrade'; readonly chapter: Chapter }
  | { readonly kind: 'get_certificate' };

/**
 * First the chapter of the last activity, then the following ones, then those that were skipped. Accessible chapters come before
 * the offer to upgrade. The certificate comes when everything is done.
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
