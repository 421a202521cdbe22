import { Module } from '@nestjs/common';
import { HeartbeatService } from './heartbeat.service';
import { Heartbeats } from './heartbeats';
import { LeaseService } from './lease.service';
import { HeartbeatsRepository } from './persistence/heartbeats.repository';
import { SubjectsRepository } from './persistence/subjects.repository';
import { SubjectOwners } from './subject-owners';
import { SyncRequests } from './sync-requests';

/** One piece of work at a time per subject, for every module that needs it. Knows no feature. */
@Module({
  providers: [
    Heartbeats,
    HeartbeatsRepository,
    LeaseService,
    SubjectOwners,
    SubjectsRepository,
    SyncRequests,
  ],
  exports: [Heartbeats, LeaseService, SubjectOwners, SyncRequests],
})
export class EngineModule {}

/** The worker's sign of life. */
@Module({ providers: [HeartbeatService, HeartbeatsRepository] })
export class HeartbeatModule {}
