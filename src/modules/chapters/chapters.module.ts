import { Module } from '@nestjs/common';
import { PaymentsModule } from 'src/modules/payments';
import { ChaptersService } from './chapters.service';
import { CourseService } from './course.service';
import { ChaptersController } from './http/chapters.controller';
import { PremiumGuard } from './http/premium.guard';
import { ProgressController } from './http/progress.controller';
import { QuizzesController } from './http/quizzes.controller';
import { SearchController } from './http/search.controller';
import { ProgressRepository } from './persistence/progress.repository';
import { QuizAttemptsRepository } from './persistence/quiz-attempts.repository';
import { SearchIndexRepository } from './persistence/search-index.repository';
import { SearchRepository } from './persistence/search.repository';
import { QuizzesService } from './quizzes.service';
import { SearchIndexService } from './search-index.service';
import { SearchService } from './search.service';

@Module({
  imports: [PaymentsModule],
  // SearchController first: "search" must not be taken for the id of a chapter.
  controllers: [SearchController, ChaptersController, ProgressController, QuizzesController],
  providers: [
    ChaptersService,
    CourseService,
    PremiumGuard,
    ProgressRepository,
    QuizAttemptsRepository,
    QuizzesService,
    SearchIndexRepository,
    SearchIndexService,
    SearchRepository,
    SearchService,
  ],
  exports: [ChaptersService, CourseService, QuizzesService],
})
export class ChaptersModule {}
