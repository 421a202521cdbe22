import { Module } from '@nestjs/common';
import { HttpConfig, MailConfig } from 'src/config/app-config';
import { FileMailer } from './file-mailer';
import { MailDeliveryService } from './mail-delivery.service';
import { MailDispatcherService } from './mail-dispatcher.service';
import { Mailer } from './mailer';
import { Outbox } from './outbox';
import { OutboxRepository } from './persistence/outbox.repository';
import { helloName, SmtpMailer } from './smtp-mailer';

/** For modules that send emails. */
@Module({ providers: [Outbox, OutboxRepository], exports: [Outbox, OutboxRepository] })
export class MailModule {}

/** For the worker process, which delivers emails. */
@Module({
  imports: [MailModule],
  providers: [
    MailDeliveryService,
    MailDispatcherService,
    { provide: Mailer, inject: [MailConfig, HttpConfig], useFactory: createMailer },
  ],
})
export class MailDeliveryModule {}

/** Through the mail server that is configured, else into files. */
function createMailer({ smtpUrl, from, directory }: MailConfig, { publicUrl }: HttpConfig): Mailer {
  if (smtpUrl === undefined) return new FileMailer(directory, from);
  return new SmtpMailer(smtpUrl, from, { name: helloName(publicUrl) });
}
