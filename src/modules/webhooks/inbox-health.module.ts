import { Module } from '@nestjs/common';
import { InboxHealth } from './inbox-health.service';
import { InboxHealthRepository } from './persistence/inbox-health.repository';

/** For web and worker alike. */
@Module({ providers: [InboxHealth, InboxHealthRepository], exports: [InboxHealth] })
export class InboxHealthModule {}
