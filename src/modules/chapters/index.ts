export { CertificatesService, type RevokedCertificate, type Verification } from './certificates.service';
export { ChapterNotFoundError, PremiumRequiredError, SectionNotFoundError } from './chapters.errors';
export { ChaptersModule } from './chapters.module';
export { ChaptersService, type ChapterOverview } from './chapters.service';
export { loadCourse } from './content/load-course';
export { CourseService } from './course.service';
export type { Chapter, Section } from './domain/chapter';
export type { Course } from './domain/course';
export type { Question } from './domain/quiz/quiz';
export {
  CertificateNotEarnedError,
  CertificateNotFoundError,
  CertificateRevokedError,
  TooManyTimeZoneChangesError,
} from './learning.errors';
export { QuizAttemptConflictError, QuizCooldownError, QuizNotFoundError } from './quiz.errors';
export { QuizzesService } from './quizzes.service';
export { GlossaryTermNotFoundError, SearchUnavailableError } from './search.errors';
export { SearchService } from './search.service';
