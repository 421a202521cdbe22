import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { Logger } from 'nestjs-pino';
import { loadConfig } from 'src/config/app-config';
import { QUIET_FAILURE, startOrExit } from 'src/common/process/start-or-exit';
import { WorkerModule } from './worker.module';

/** The worker process: Bull processors, the dispatcher behind them, and email delivery. */
startOrExit('worker', async () => {
  const app = await NestFactory.createApplicationContext(WorkerModule.register(loadConfig()), {
    bufferLogs: true,
    ...QUIET_FAILURE,
  });
  app.useLogger(app.get(Logger));
  app.flushLogs();
  app.enableShutdownHooks();
  // npm start and the tests wait for this line, so it does not depend on the log level.
  process.stdout.write(`${JSON.stringify({ part: 'worker', msg: 'worker ready' })}\n`);
});
