import 'reflect-metadata';
import { readFile, writeFile } from 'node:fs/promises';
import { loadConfig } from 'src/config/app-config';
import { exampleEnv } from 'src/config/example-env';
import { createOpenApiDocument } from './openapi/document';
import { startOrExit } from './start-or-exit';

const FILE = 'openapi.json';

/** `npm run openapi:write` writes the document; `npm run openapi:check` fails when the committed one is out of date. */
startOrExit('openapi', async () => {
  const document = await createOpenApiDocument(loadConfig(exampleEnv()));
  const text = `${JSON.stringify(document, null, 2)}\n`;
  if (!process.argv.includes('--check')) return writeFile(FILE, text);
  const committed = await readFile(FILE, 'utf8').catch(() => '');
  if (committed === text) return;
  throw new Error(`${FILE} differs from the code: run npm run openapi:write and commit it`);
});
