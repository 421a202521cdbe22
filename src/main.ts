import 'reflect-metadata';
import { HttpConfig, loadConfig } from 'src/config/app-config';
import { exitInTime } from 'src/common/process/exit-in-time';
import { startOrExit } from 'src/common/process/start-or-exit';
import { assertSessionsAreKept } from 'src/database/session-check';
import { createHttpApp } from './http-app';

/** The web process: REST, webhooks, pages. */
const started = exitInTime('web');

startOrExit('web', async () => {
  const config = loadConfig();
  await assertSessionsAreKept(config.database.url);
  const app = await createHttpApp(config);
  const { host, port } = app.get(HttpConfig);
  await app.listen(port, host);
  started();
});
