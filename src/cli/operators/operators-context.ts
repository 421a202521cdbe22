import { Global, Module, type DynamicModule, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DatabaseConfig } from 'src/config/app-config';
import { loadDatabaseUrl } from 'src/config/database-url';
import { DatabaseModule } from 'src/database/database.module';
import { CredentialsModule } from 'src/modules/accounts';
import { CommandAuditModule } from 'src/modules/operators';

@Global()
@Module({})
class DatabaseConfigModule {
  static register(url: string): DynamicModule {
    const provider = { provide: DatabaseConfig, useValue: { url, poolSize: 2 } };
    return { module: DatabaseConfigModule, providers: [provider], exports: [provider] };
  }
}

@Module({})
class OperatorCommandsModule {
  static register(url: string): DynamicModule {
    const imports = [
      DatabaseConfigModule.register(url),
      DatabaseModule,
      CredentialsModule,
      CommandAuditModule,
    ];
    return { module: OperatorCommandsModule, imports };
  }
}

/** Runs `work` with what the commands about operators need, over DATABASE_URL, and closes it. */
export async function withOperators(
  work: (context: INestApplicationContext) => Promise<void>,
): Promise<void> {
  const context = await NestFactory.createApplicationContext(
    OperatorCommandsModule.register(loadDatabaseUrl()),
    // startOrExit reports a failure, once.
    { logger: false, abortOnError: false },
  );
  try {
    await work(context);
  } finally {
    await context.close();
  }
}
