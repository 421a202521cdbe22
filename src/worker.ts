import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { Logger } from 'nestjs-pino';
import { loadConfig } from 'src/config/app-config';
import { exitInTime } from 'src/common/process/exit-in-time';
import { QUIET_FAILURE, startOrExit } from 'src/common/process/start-or-exit';
import { assertSessionsAreKept } from 'src/database/session-check';
import { WorkerModule } from './worker.module';

/** The worker process: Bull processors, the dispatcher behind them, and email delivery. */
const started = exitInTime('worker');

startOrExit('worker', async () => {
  const config = loadConfig();
  await assertSessionsAreKept(config.database.url);
  const app = await NestFactory.createApplicationContext(WorkerModule.register(config), {
    bufferLogs: true,
    ...QUIET_FAILURE,
  });
  app.useLogger(app.get(Logger));
  app.flushLogs();
  app.enableShutdownHooks();
  // npm start and the tests wait for this line, so it does not depend on the log level.
  process.stdout.write(`${JSON.stringify({ part: 'worker', msg: 'worker ready' })}\n`);
  started();
});
