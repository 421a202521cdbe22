export { AccountsWorkerModule } from './accounts-worker.module';
export { AccountsModule } from './accounts.module';
export { CredentialsModule } from './credentials.module';
export { OperatorAccountsService } from './operator-accounts.service';
export { AccountSessionsService } from './account-sessions.service';
export { fullNameSchema } from './http/auth.schema';
export { exampleAccountEmails } from './emails/example-emails';
