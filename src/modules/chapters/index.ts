export {
  CertificatesService,
  type RevokedCertificate,
  type Verification,
} from './certificates/certificates.service';
export { ChapterNotFoundError, PremiumRequiredError, SectionNotFoundError } from './course/chapters.errors';
export { ChaptersModule } from './chapters.module';
export { ChaptersService, type ChapterOverview } from './reading/chapters.service';
export { loadCourse } from './course/content/load-course';
export { CourseService } from './course/course.service';
export type { Chapter, Section } from './course/domain/chapter';
export type { Course } from './course/domain/course';
export type { Question } from './course/domain/quiz';
export {
  CertificateNotEarnedError,
  CertificateNotFoundError,
  CertificateRevokedError,
  TooManyTimeZoneChangesError,
} from './learning/learning.errors';
export { QuizAttemptConflictError, QuizCooldownError, QuizNotFoundError } from './quizzes/quiz.errors';
export { QuizzesService } from './quizzes/quizzes.service';
export { GlossaryTermNotFoundError, SearchUnavailableError } from './search/search.errors';
export { SearchService } from './search/search.service';
