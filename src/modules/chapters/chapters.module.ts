import { Module } from '@nestjs/common';
import { PaymentsModule } from 'src/modules/payments';
import { ChaptersService } from './chapters.service';
import { CourseService } from './course.service';
import { ChaptersController } from './http/chapters.controller';
import { PremiumGuard } from './http/premium.guard';
import { ProgressController } from './http/progress.controller';
import { ProgressRepository } from './persistence/progress.repository';

@Module({
  imports: [PaymentsModule],
  controllers: [ChaptersController, ProgressController],
  providers: [ChaptersService, CourseService, PremiumGuard, ProgressRepository],
  exports: [ChaptersService, CourseService],
})
export class ChaptersModule {}
