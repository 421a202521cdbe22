import 'reflect-metadata';
import { Global, Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DatabaseConfig } from 'src/config/app-config';
import { loadDatabaseUrl } from 'src/config/database-url';
import { loadOperatorCredentials } from 'src/config/operator-credentials';
import { DatabaseModule } from 'src/database/database.module';
import { CredentialsModule, OperatorAccountsService } from 'src/modules/accounts';
import { startOrExit } from 'src/common/process/start-or-exit';

@Global()
@Module({})
class DatabaseConfigModule {
  static register(url: string): DynamicModule {
    const provider = { provide: DatabaseConfig, useValue: { url, poolSize: 2 } };
    return { module: DatabaseConfigModule, providers: [provider], exports: [provider] };
  }
}

@Module({})
class CreateOperatorModule {
  static register(url: string): DynamicModule {
    const imports = [DatabaseConfigModule.register(url), DatabaseModule, CredentialsModule];
    return { module: CreateOperatorModule, imports };
  }
}

/** Creates or updates the operator of OPERATOR_EMAIL and OPERATOR_PASSWORD; also needs DATABASE_URL. Safe to repeat. */
startOrExit('create-operator', async () => {
  const credentials = loadOperatorCredentials();
  const context = await NestFactory.createApplicationContext(
    CreateOperatorModule.register(loadDatabaseUrl()),
    // startOrExit reports a failure, once.
    { logger: false, abortOnError: false },
  );
  try {
    const outcome = await context.get(OperatorAccountsService).ensure(credentials);
    process.stdout.write(`operator ${credentials.email}: ${outcome}\n`);
  } finally {
    await context.close();
  }
});
