import { Module } from '@nestjs/common';
import { EngineModule } from 'src/engine/engine.module';
import { MailModule } from 'src/mail/mail.module';
import { BillingReminders } from './billing-reminders';
import { EmailFactsRepository } from './persistence/email-facts.repository';

/** For the worker process, which watches the dates. */
@Module({ imports: [EngineModule, MailModule], providers: [BillingReminders, EmailFactsRepository] })
export class BillingRemindersModule {}
