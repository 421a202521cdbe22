import { Module } from '@nestjs/common';
import { MailConfig } from 'src/config/app-config';
import { FileMailer } from './file-mailer';
import { MailDeliveryService } from './mail-delivery.service';
import { MailDispatcherService } from './mail-dispatcher.service';
import { Mailer } from './mailer';
import { Outbox } from './outbox';
import { OutboxRepository } from './persistence/outbox.repository';
import { SmtpMailer } from './smtp-mailer';

/** For modules that send emails. */
@Module({ providers: [Outbox, OutboxRepository], exports: [Outbox, OutboxRepository] })
export class MailModule {}

/** For the worker process, which delivers emails. */
@Module({
  imports: [MailModule],
  providers: [
    MailDeliveryService,
    MailDispatcherService,
    { provide: Mailer, inject: [MailConfig], useFactory: createMailer },
  ],
})
export class MailDeliveryModule {}

/** Through the mail server that is configured, else into files. */
function createMailer({ smtpUrl, from, directory }: MailConfig): Mailer {
  return smtpUrl === undefined ? new FileMailer(directory, from) : new SmtpMailer(smtpUrl, from);
}
