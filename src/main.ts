import 'reflect-metadata';
import { HttpConfig, loadConfig } from 'src/config/app-config';
import { createHttpApp } from './http-app';
import { startOrExit } from 'src/common/process/start-or-exit';

/** The web process: REST, webhooks, pages. */
startOrExit('web', async () => {
  const app = await createHttpApp(loadConfig());
  const { host, port } = app.get(HttpConfig);
  await app.listen(port, host);
});
