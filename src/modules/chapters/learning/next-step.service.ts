import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/domain/clock';
import { EntitlementsService, PlansService, type Access, type PlanSummary } from 'src/modules/payments';
import type { Chapter } from 'src/modules/chapters/course/domain/chapter';
import { deriveAttemptState } from 'src/modules/chapters/quizzes/domain/attempts';
import { decideNextStep, type NextStep } from './domain/next-step';
import { LearningService, type Learned } from './learning.service';

export interface Upgrade {
  readonly chapter: Chapter;
  readonly access: Access;
  readonly plans: readonly PlanSummary[];
}

export interface AdvisedStep {
  readonly step: NextStep;
  /** Set with the step `take_quiz` during the cooldown after a failed attempt. */
  readonly notBefore: Date | undefined;
  /** Set with the step `upgrade`. */
  readonly upgrade: Upgrade | undefined;
}

/** The next step of this student. Read-only. Throws when the access rule throws. */
@Injectable()
export class NextStepService {
  constructor(
    private readonly learning: LearningService,
    private readonly entitlements: EntitlementsService,
    private readonly plans: PlansService,
    private readonly clock: Clock,
  ) {}

  async getNextStep(userId: string): Promise<AdvisedStep> {
    const [learned, access] = await Promise.all([
      this.learning.loadLearned(userId),
      this.entitlements.getAccess(userId),
    ]);
    const step = decideNextStep(learned.chapters, access.granted);
    return {
      step,
      notBefore: step.kind === 'take_quiz' ? this.findCooldown(learned, step.chapter) : undefined,
      upgrade:
        step.kind === 'upgrade'
          ? { chapter: step.chapter, access, plans: await this.plans.listPlans() }
          : undefined,
    };
  }

  private findCooldown({ facts }: Learned, chapter: Chapter): Date | undefined {
    const attempts = facts.attempts
      .filter(({ chapterId }) => chapterId === chapter.id)
      .map((attempt, index) => ({ ...attempt, number: index + 1 }));
    return deriveAttemptState(attempts, this.clock.now()).cooldownUntil;
  }
}
