import 'reflect-metadata';
import { HttpConfig, loadConfig } from 'src/config/app-config';
import { startOrExit } from 'src/common/process/start-or-exit';
import { createHttpApp } from './http-app';

/** The web process: REST, webhooks, pages. */
startOrExit('web', async () => {
  const app = await createHttpApp(loadConfig());
  const { host, port } = app.get(HttpConfig);
  await app.listen(port, host);
});
