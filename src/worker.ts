import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { Logger } from 'nestjs-pino';
import { loadConfig } from 'src/config/app-config';
import { QUIET_FAILURE, startOrExit } from 'src/common/process/start-or-exit';
import { WorkerModule } from './worker.module';

/** The worker process: Bull processors, the dispatcher behind them, and the delivery of mails. */
startOrExit('worker', async () => {
  const app = await NestFactory.createApplicationContext(WorkerModule.register(loadConfig()), {
    bufferLogs: true,
    ...QUIET_FAILURE,
  });
  app.useLogger(app.get(Logger));
  app.flushLogs();
  app.enableShutdownHooks();
  // Whoever started this process waits for this line, whatever the log level is.
  process.stdout.write(`${JSON.stringify({ part: 'worker', msg: 'worker ready' })}\n`);
});
