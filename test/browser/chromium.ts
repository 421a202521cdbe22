import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const HOW_TO_GET_ONE = `No Chromium found. Get one and run this again:
  Debian, Ubuntu   apt-get install -y chromium
  macOS            brew install --cask chromium
  anywhere         CHROMIUM_PATH=/path/to/chromium npm run test:browser`;

// Nothing may call home: these tests use loopback addresses only.
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** CHROMIUM_PATH, else the first known name on PATH. Throws with the ways to get one. */
export function getChromiumPath(env: NodeJS.ProcessEnv = process.env): string {
  const configured = env['CHROMIUM_PATH'];
  if (configured !== undefined && configured !== '') {
    if (isExecutable(configured)) return configured;
    throw new Error(`CHROMIUM_PATH=${configured} is not an executable file.\n${HOW_TO_GET_ONE}`);
  }
  const folders = (env['PATH'] ?? '/usr/bin').split(delimiter).filter((folder) => folder !== '');
  const found = folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find(isExecutable);
  if (found === undefined) throw new Error(HOW_TO_GET_ONE);
  return found;
}

export const launchChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath: getChromiumPath(), headless: true, args: FLAGS });
