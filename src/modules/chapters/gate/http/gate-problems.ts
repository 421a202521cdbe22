import type { AppError } from 'src/common/errors/app-error';
import {
  ChapterNotFoundError,
  QuizNotFoundError,
  SectionNotFoundError,
} from 'src/modules/chapters/course/course.errors';
import type { Chapter } from 'src/modules/chapters/course/domain/chapter';
import { PremiumRequiredError } from 'src/modules/chapters/gate/premium-required.error';
import { NO_ACCESS } from 'src/modules/payments';
import { buildLockedBody, describeLocked, type Locked, type LockedResource } from './locked-body';

// Only for the example in the OpenAPI document. Real answers come from the course.
const CHAPTER: Chapter = {
  id: 'chapter-4',
  title: 'Advanced prompting',
  subtitle: 'Harder tasks in smaller steps',
  position: 4,
  tier: 'premium',
  difficulty: 'intermediate',
  objectives: ['Split a task into steps that can be checked'],
  prerequisites: ['chapter-3'],
  tags: ['prompting'],
  introduction: 'What to do when one prompt is not enough.',
  sections: [
    { id: 'chapter-4-steps', title: 'In steps', position: 1, body: '', words: 0, estimatedMinutes: 5 },
  ],
  words: 0,
  estimatedMinutes: 5,
  version: 'example',
};

const RESOURCES = {
  chapter: { type: 'chapter', id: CHAPTER.id, title: CHAPTER.title },
  section: { type: 'section', id: 'chapter-4-steps', title: 'In steps' },
  quiz: { type: 'quiz', id: CHAPTER.id, title: 'Quiz of chapter 4' },
} as const satisfies Record<string, LockedResource>;

/** The errors that PremiumGuard can throw for a route of this kind. */
export function gateProblems(kind: keyof typeof RESOURCES): AppError[] {
  const locked: Locked = {
    resource: RESOURCES[kind],
    chapter: CHAPTER,
    access: NO_ACCESS,
    plans: [{ plan: 'monthly', interval: 'month', amountMinor: 999, currency: 'usd' }],
    publicUrl: 'http://127.0.0.1:3000',
  };
  return [
    new PremiumRequiredError(describeLocked(locked), { extensions: buildLockedBody(locked) }),
    new ChapterNotFoundError(),
    ...(kind === 'section' ? [new SectionNotFoundError()] : []),
    ...(kind === 'quiz' ? [new QuizNotFoundError()] : []),
  ];
}
