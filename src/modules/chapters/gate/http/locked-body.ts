import type { Chapter } from 'src/modules/chapters/course/domain/chapter';
import { nextStepOf, type Access, type PlanSummary } from 'src/modules/payments';

/** The locked resource that the caller requested. */
export interface LockedResource {
  readonly type: 'chapter' | 'section' | 'quiz' | 'search';
  readonly id: string;
  readonly title: string;
}

export interface Locked {
  readonly resource: LockedResource;
  /** The chapter of the resource. Only its public parts are used. */
  readonly chapter: Chapter;
  readonly access: Access;
  readonly plans: readonly PlanSummary[];
  /** Of this site, for the page that the next action needs. */
  readonly publicUrl: string;
}

/** The members of every `premium_required` answer, for all locked resources. Contains no text of any section. */
export function buildLockedBody({ resource, chapter, access, plans, publicUrl }: Locked) {
  return {
    required_tier: 'premium',
    current_tier: 'free',
    resource,
    ...buildOffer({ chapter, plans }),
    ...(access.until === null ? {} : { access_until: access.until.toISOString() }),
    next_action: access.nextAction,
    ...nextStepOf(access.nextAction, publicUrl),
  };
}

/** What is behind the lock, without its text, and what it costs. */
export function buildOffer({ chapter, plans }: Pick<Locked, 'chapter' | 'plans'>) {
  return {
    preview: {
      introduction: chapter.introduction,
      objectives: chapter.objectives,
      section_titles: chapter.sections.map(({ title }) => title),
    },
    upgrade: { operation_id: 'createCheckoutSession', plans: plans.map(toPlan) },
  };
}

/** One sentence for the student, which differs between no access yet and ended access. */
export function describeLocked({ resource, chapter, access }: Locked): string {
  const what =
    resource.type === 'chapter' ? `"${resource.title}"` : `"${resource.title}" in "${chapter.title}"`;
  return access.until === null
    ? `${what} is part of the premium course. The preview shows what is in it.`
    : `${what} is part of the premium course, and premium access has ended.`;
}

function toPlan({ plan, amountMinor, currency, interval }: PlanSummary) {
  return {
    plan,
    interval,
    ...(amountMinor === undefined ? {} : { amount_minor: amountMinor }),
    ...(currency === undefined ? {} : { currency }),
  };
}
