import { Module } from '@nestjs/common';
import { PaymentsModule } from 'src/modules/payments';
import { ChaptersService } from './chapters.service';
import { CourseService } from './course.service';
import { ChaptersController } from './http/chapters.controller';
import { PremiumGuard } from './http/premium.guard';
import { ProgressController } from './http/progress.controller';
import { QuizzesController } from './http/quizzes.controller';
import { ProgressRepository } from './persistence/progress.repository';
import { QuizAttemptsRepository } from './persistence/quiz-attempts.repository';
import { QuizzesService } from './quizzes.service';

@Module({
  imports: [PaymentsModule],
  controllers: [ChaptersController, ProgressController, QuizzesController],
  providers: [
    ChaptersService,
    CourseService,
    PremiumGuard,
    ProgressRepository,
    QuizAttemptsRepository,
    QuizzesService,
  ],
  exports: [ChaptersService, CourseService, QuizzesService],
})
export class ChaptersModule {}
