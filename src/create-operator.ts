import 'reflect-metadata';
import { Global, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DatabaseConfig } from 'src/config/app-config';
import { loadDatabaseUrl } from 'src/config/database-url';
import { loadOperatorCredentials } from 'src/config/operator-credentials';
import { DatabaseModule } from 'src/database/database.module';
import { CredentialsModule, OperatorAccountsService } from 'src/modules/auth';
import { startOrExit } from './start-or-exit';

@Global()
@Module({
  providers: [{ provide: DatabaseConfig, useFactory: () => ({ url: loadDatabaseUrl(), poolSize: 2 }) }],
  exports: [DatabaseConfig],
})
class DatabaseConfigModule {}

@Module({ imports: [DatabaseConfigModule, DatabaseModule, CredentialsModule] })
class CreateOperatorModule {}

/** Makes or updates the operator of OPERATOR_EMAIL and OPERATOR_PASSWORD; needs only DATABASE_URL besides. Safe to repeat. */
startOrExit('create-operator', async () => {
  const credentials = loadOperatorCredentials();
  const context = await NestFactory.createApplicationContext(CreateOperatorModule, {
    logger: ['error', 'warn'],
    abortOnError: false,
  });
  try {
    const outcome = await context.get(OperatorAccountsService).ensure(credentials);
    process.stdout.write(`operator ${credentials.email}: ${outcome}\n`);
  } finally {
    await context.close();
  }
});
