import { Module } from '@nestjs/common';
import { LeaseService } from './lease.service';
import { SubjectsRepository } from './persistence/subjects.repository';
import { SubjectOwners } from './subject-owners';
import { SyncRequests } from './sync-requests';

/** One piece of work at a time per subject, for every module that needs it. Knows no feature. */
@Module({
  providers: [LeaseService, SubjectOwners, SubjectsRepository, SyncRequests],
  exports: [LeaseService, SubjectOwners, SyncRequests],
})
export class EngineModule {}
