export { CertificateNotFoundError } from './certificates/certificates.errors';
export { CertificatesService, type RevokedCertificate } from './certificates/certificates.service';
export { ChaptersModule } from './chapters.module';
export { CourseService } from './course/course.service';
export { loadCourse } from './course/content/load-course';
export type { Chapter } from './course/domain/chapter';
export type { Course } from './course/domain/course';
export type { Question } from './course/domain/quiz';
export { LearningService, type CourseProgress } from './learning/learning.service';
