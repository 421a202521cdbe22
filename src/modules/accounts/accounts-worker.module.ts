import { Module } from '@nestjs/common';
import { AccountsModule } from './accounts.module';
import { EmailRequestsWorker, RequestedEmails } from './email-requests.worker';

/** The worker process's part. */
@Module({ imports: [AccountsModule], providers: [EmailRequestsWorker, RequestedEmails] })
export class AccountsWorkerModule {}
