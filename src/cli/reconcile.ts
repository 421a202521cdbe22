import 'reflect-metadata';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ClockModule } from 'src/clock/clock.module';
import { startOrExit } from 'src/common/process/start-or-exit';
import { loadConfig, type AppConfig } from 'src/config/app-config';
import { ConfigModule } from 'src/config/config.module';
import { DatabaseModule } from 'src/database/database.module';
import { PaymentsModule, SweepService } from 'src/modules/payments';
import { exitCodeOf, formatReport } from './reconcile/report';

@Module({})
class ReconcileCommandModule {
  static register(config: AppConfig): DynamicModule {
    const imports = [ConfigModule.register(config), ClockModule, DatabaseModule, PaymentsModule];
    return { module: ReconcileCommandModule, imports };
  }
}

/**
 * `npm run reconcile`: compares all subscriptions at Stripe with the database and has differences repaired by the workers.
 * `--dry-run` only reports. Exit code: 0 when everything agrees, 1 when something differs, 2 when it did not run.
 */
startOrExit('reconcile', async () => {
  const context = await NestFactory.createApplicationContext(ReconcileCommandModule.register(loadConfig()), {
    logger: false,
    abortOnError: false,
  });
  try {
    const dryRun = process.argv.includes('--dry-run');
    const report = await context
      .get(SweepService)
      .run({ dryRun })
      .catch((error: Error) => error);
    process.stdout.write(`${formatReport(report, dryRun)}\n`);
    process.exitCode = exitCodeOf(report);
  } finally {
    await context.close();
  }
});
