import { Clock } from 'src/common/domain/clock';
import type { LearningFacts } from 'src/modules/chapters/learning/domain/facts';
import { LearningService } from 'src/modules/chapters/learning/learning.service';
import type { LearningRepository } from 'src/modules/chapters/learning/persistence/learning.repository';
import { fakeCourse } from './course.fake';
import { FakeQuizResults } from './quiz-results.fake';

export class FixedClock extends Clock {
  constructor(private readonly moment: Date) {
    super();
  }

  now(): Date {
    return this.moment;
  }
}

/** A read-only learning service with the given facts instead of a database. */
export function learningAfter(facts: LearningFacts, now: Date): LearningService {
  const stored = { load: () => Promise.resolve(facts) } as unknown as LearningRepository;
  const quizzes = new FakeQuizResults();
  for (const attempt of facts.attempts) quizzes.add('u', attempt);
  return new LearningService(fakeCourse, stored, quizzes, new FixedClock(now));
}
