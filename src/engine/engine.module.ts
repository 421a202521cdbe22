import { Module } from '@nestjs/common';
import { LeaseService } from './lease.service';
import { SubjectsRepository } from './persistence/subjects.repository';

/** One piece of work at a time per subject, for every module that needs it. Knows no feature. */
@Module({
  providers: [LeaseService, SubjectsRepository],
  exports: [LeaseService, SubjectsRepository],
})
export class EngineModule {}
