import type { CourseService } from 'src/modules/chapters/course/course.service';
import { Course } from 'src/modules/chapters/course/domain/course';
import { aChapter } from './chapter.factory';
import { aQuiz } from './quiz.factory';

/** Two free chapters and a premium one. The first and the last have a quiz. */
export const SAMPLE_COURSE = new Course(
  [aChapter({ position: 1 }), aChapter({ position: 2 }), aChapter({ position: 3, tier: 'premium' })],
  [aQuiz({ position: 1 }), aQuiz({ position: 3 })],
);

export const fakeCourse = { course: SAMPLE_COURSE } as unknown as CourseService;
