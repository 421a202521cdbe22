import { Module } from '@nestjs/common';
import { PaymentsModule } from 'src/modules/payments';
import { CertificateSigner } from './certificate-signer';
import { CertificatesService } from './certificates.service';
import { ChaptersService } from './chapters.service';
import { CourseService } from './course.service';
import { CertificatePagesController } from './http/certificate-pages.controller';
import { CertificatePdfs } from './http/certificate-pdfs';
import { CertificateController } from './http/certificate.controller';
import { ChaptersController } from './http/chapters.controller';
import { CourseGuideController } from './http/course-guide.controller';
import { PremiumGuard } from './http/premium.guard';
import { ProgressReportController } from './http/progress-report.controller';
import { ProgressController } from './http/progress.controller';
import { QuizzesController } from './http/quizzes.controller';
import { SearchController } from './http/search.controller';
import { LearningService } from './learning.service';
import { NextStepService } from './next-step.service';
import { CertificatesRepository } from './persistence/certificates.repository';
import { LearningRepository } from './persistence/learning.repository';
import { ProgressRepository } from './persistence/progress.repository';
import { QuizAttemptsRepository } from './persistence/quiz-attempts.repository';
import { QuizHistoryRepository } from './persistence/quiz-history.repository';
import { SearchIndexRepository } from './persistence/search-index.repository';
import { SearchRepository } from './persistence/search.repository';
import { QuizResults } from './quiz-results';
import { QuizzesService } from './quizzes.service';
import { SearchIndexService } from './search-index.service';
import { SearchService } from './search.service';
import { StudyRecorder } from './study-recorder.service';

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
  exports: [CertificatesService, ChaptersService, CourseService, QuizzesService],
})
export class ChaptersModule {}
