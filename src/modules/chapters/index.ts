export { ChapterNotFoundError, PremiumRequiredError, SectionNotFoundError } from './chapters.errors';
export { ChaptersModule } from './chapters.module';
export { ChaptersService, type ChapterOverview } from './chapters.service';
export { CourseService } from './course.service';
export type { Chapter, Section } from './domain/chapter';
export type { Course } from './domain/course';
export type { BestQuizResult } from './persistence/quiz-attempts.repository';
export { QuizAttemptConflictError, QuizCooldownError, QuizNotFoundError } from './quiz.errors';
export { QuizzesService } from './quizzes.service';
