import { Module } from '@nestjs/common';
import { PaymentsModule } from 'src/modules/payments';
import { CertificateSigner } from './certificates/certificate-signer';
import { CertificatesService } from './certificates/certificates.service';
import { ChaptersService } from './reading/chapters.service';
import { CourseService } from './course/course.service';
import { CertificatePagesController } from './certificates/http/certificate-pages.controller';
import { CertificatePdfs } from './certificates/http/certificate-pdfs';
import { CertificateRenderer, CertificateThreads } from './certificates/http/certificate-threads';
import { CertificateController } from './certificates/http/certificate.controller';
import { ChaptersController } from './reading/http/chapters.controller';
import { CourseGuideController } from './reading/http/course-guide.controller';
import { PremiumGuard } from './gate/http/premium.guard';
import { ProgressReportController } from './learning/http/progress-report.controller';
import { ProgressController } from './reading/http/progress.controller';
import { QuizzesController } from './quizzes/http/quizzes.controller';
import { SearchController } from './search/http/search.controller';
import { LearningService } from './learning/learning.service';
import { NextStepService } from './learning/next-step.service';
import { CertificatesRepository } from './certificates/persistence/certificates.repository';
import { LearningRepository } from './learning/persistence/learning.repository';
import { ProgressRepository } from './reading/persistence/progress.repository';
import { QuizAttemptsRepository } from './quizzes/persistence/quiz-attempts.repository';
import { QuizHistoryRepository } from './quizzes/persistence/quiz-history.repository';
import { SearchIndexRepository } from './search/persistence/search-index.repository';
import { SearchRepository } from './search/persistence/search.repository';
import { QuizResults } from './quizzes/quiz-results';
import { QuizzesService } from './quizzes/quizzes.service';
import { SearchIndexService } from './search/search-index.service';
import { SearchService } from './search/search.service';
import { StudyRecorder } from './learning/study-recorder.service';

@Module({
  imports: [PaymentsModule],
  // SearchController first: "search" must not be taken for the id of a chapter.
  controllers: [
    SearchController,
    ChaptersController,
    ProgressController,
    QuizzesController,
    CertificateController,
    CertificatePagesController,
    CourseGuideController,
    ProgressReportController,
  ],
  providers: [
    CertificatePdfs,
    { provide: CertificateRenderer, useClass: CertificateThreads },
    CertificateSigner,
    CertificatesRepository,
    CertificatesService,
    ChaptersService,
    CourseService,
    LearningRepository,
    LearningService,
    NextStepService,
    PremiumGuard,
    ProgressRepository,
    QuizAttemptsRepository,
    { provide: QuizResults, useClass: QuizHistoryRepository },
    QuizzesService,
    StudyRecorder,
    SearchIndexRepository,
    SearchIndexService,
    SearchRepository,
    SearchService,
  ],
  exports: [CertificatesService, ChaptersService, CourseService, LearningService, QuizzesService],
})
export class ChaptersModule {}
