import { Module } from '@nestjs/common';
import { RetentionRepository } from './persistence/retention.repository';
import { RetentionService } from './retention.service';

/** For the worker process. */
@Module({ providers: [RetentionRepository, RetentionService] })
export class RetentionModule {}
