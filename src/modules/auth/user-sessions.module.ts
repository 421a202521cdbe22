import { Module } from '@nestjs/common';
import { SessionsRepository } from './persistence/sessions.repository';
import { UserSessionsService } from './user-sessions.service';

/** The part of auth that needs nothing but the database, so that a command can use it without the rest. */
@Module({
  providers: [SessionsRepository, UserSessionsService],
  exports: [SessionsRepository, UserSessionsService],
})
export class UserSessionsModule {}
