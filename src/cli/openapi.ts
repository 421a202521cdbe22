import 'reflect-metadata';
import { readFile, writeFile } from 'node:fs/promises';
import { SCOPE_MEANINGS } from 'src/common/domain/scopes';
import { loadConfig } from 'src/config/app-config';
import { exampleEnv } from 'src/config/example-env';
import { ACTIONS_FILE, buildActionsDocument, type ApiDocument } from 'src/modules/chatgpt';
import { API_FILE } from 'src/modules/console';
import { createOpenApiDocument } from 'src/openapi/document';
import { startOrExit } from 'src/common/process/start-or-exit';

/** In the committed Actions document; a running server puts its own address there. */
const ACTIONS_URL = 'https://companion.example.com';

/** `npm run openapi:write` writes both documents; `npm run openapi:check` fails when a committed one is out of date. */
startOrExit('openapi', async () => {
  const api = await createOpenApiDocument(loadConfig(exampleEnv()));
  const options = { publicUrl: ACTIONS_URL, scopeMeanings: SCOPE_MEANINGS };
  const actions = buildActionsDocument(api as unknown as ApiDocument, options);
  const files = [
    [API_FILE, api],
    [ACTIONS_FILE, actions],
  ] as const;
  for (const [file, document] of files) {
    const text = `${JSON.stringify(document, null, 2)}\n`;
    if (process.argv.includes('--check')) await check(file, text);
    else await writeFile(file, text);
  }
});

async function check(file: string, text: string): Promise<void> {
  const committed = await readFile(file, 'utf8').catch(() => '');
  if (committed !== text) {
    throw new Error(`${file} differs from the code: run npm run openapi:write and commit it`);
  }
}
