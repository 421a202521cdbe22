// What somebody has who installs the package: `npm pack`, an empty folder, nothing of this repository around it.
// Starts the sandbox there, sells a subscription and moves a year. Ends with 1 at the first thing that fails.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PACKAGE = dirname(dirname(fileURLToPath(import.meta.url)));
const READY_WITHIN_MS = 30_000;
const INSTALLED_WITHIN_MS = 180_000;
const YEAR_SECONDS = 365 * 86_400;
const scratch = mkdtempSync(join(tmpdir(), 'stripe-sandbox-'));
const folder = join(scratch, 'empty');
const readme = readFileSync(join(PACKAGE, 'README.md'), 'utf8');
const cliVersion = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')).devDependencies[
  '@stripe/cli'
];
let child;

try {
  installPacked();
  checkTypes();
  const url = await start();
  await sellAYear(url);
  const commands = walkThroughReadme(url);
  await stop();
  await sellFromFile();
  console.log(
    `packed: installed, types checked, sold a year, ran ${commands} blocks of commands from the README`,
  );
} finally {
  child?.kill('SIGKILL');
  rmSync(scratch, { recursive: true, force: true });
}

function npm(...args) {
  return execFileSync('npm', args, { cwd: folder, encoding: 'utf8', timeout: INSTALLED_WITHIN_MS });
}

function installPacked() {
  mkdirSync(folder);
  npm('pack', PACKAGE, '--pack-destination', scratch, '--silent');
  const tarball = readdirSync(scratch).find((name) => name.endsWith('.tgz'));
  const files = execFileSync('tar', ['tzf', join(scratch, tarball)], { encoding: 'utf8' });
  assert.doesNotMatch(files, /\.spec\.|\/test\/|\/bench\//, 'the tarball has no tests');
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  npm('install', join(scratch, tarball), '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts');
  const installed = readdirSync(join(folder, 'node_modules'));
  assert(
    !installed.includes('stripe') && !installed.includes('typescript'),
    'nothing of development came along',
  );
}

async function start(catalog = 'premium') {
  const env = { PATH: process.env.PATH, SANDBOX_PORT: '0', SANDBOX_CATALOG: catalog };
  child = spawn('node_modules/.bin/stripe-sandbox', {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), READY_WITHIN_MS);
  for await (const line of createInterface({ input: child.stdout })) {
    clearTimeout(timer);
    return JSON.parse(line).url;
  }
  throw new Error('the sandbox did not start');
}

async function sellAYear(url) {
  const call = async (method, path, body) => {
    const headers = { authorization: 'Bearer sk_test_packed' };
    const response = await fetch(`${url}${path}`, { method, headers, body });
    const answer = await response.json();
    assert(response.ok, `${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const form = (fields) => new URLSearchParams(fields);
  const customer = await call(
    'POST',
    '/v1/customers',
    form({
      email: 'ada@example.com',
      payment_method: 'pm_card_visa',
      'invoice_settings[default_payment_method]': 'pm_card_visa',
    }),
  );
  const subscription = await call(
    'POST',
    '/v1/subscriptions',
    form({
      customer: customer.id,
      'items[0][price]': 'price_premium_monthly',
    }),
  );
  assert.equal(subscription.status, 'active');
  await call('POST', '/sandbox/clock', JSON.stringify({ advance_seconds: YEAR_SECONDS }));
  const invoices = await call('GET', `/v1/invoices?customer=${customer.id}&status=paid&limit=100`);
  assert(invoices.data.length >= 12, `${invoices.data.length} paid invoices in a year`);
  assert.equal((await call('GET', `/v1/subscriptions/${subscription.id}`)).status, 'active');
}

/** The TypeScript of the README compiles against the tarball, without the SDK beside it. */
function checkTypes() {
  const [, code] = /```ts\n(import \{ createSandbox[\s\S]*?)```/.exec(readme) ?? [];
  writeFileSync(join(folder, 'consumer.mts'), code);
  const tsc = join(PACKAGE, '..', '..', 'node_modules', 'typescript', 'bin', 'tsc');
  const compilerOptions = { noEmit: true, strict: true, module: 'nodenext', target: 'es2023', types: [] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['consumer.mts'] }));
  execFileSync(process.execPath, [tsc, '-p', '.'], { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] });
}

/** Runs every block of shell commands of the README, except the one that starts the sandbox and those of the repository. */
function walkThroughReadme(url) {
  npm(
    'install',
    `@stripe/cli@${cliVersion}`,
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
  );
  const blocks = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) => block);
  const walked = blocks.filter((block) => !/^SANDBOX_CATALOG=|npm run/m.test(block));
  assert(walked.length >= 3, 'the README has commands');
  const env = { ...process.env, HOME: scratch, XDG_CONFIG_HOME: scratch, STRIPE_CLI_TELEMETRY_OPTOUT: '1' };
  for (const block of walked) {
    const script = `set -euo pipefail\n${block.replaceAll('http://127.0.0.1:12111', url)}`;
    const output = execFileSync('bash', ['-c', script], {
      cwd: folder,
      env,
      encoding: 'utf8',
      timeout: 60_000,
    });
    assert.doesNotMatch(output, /"error"|Trigger failed/, block);
  }
  return walked.length;
}

/** The catalogue file of the README sells what it lists. */
async function sellFromFile() {
  const [, json] = /```json\n([\s\S]*?)```/.exec(readme) ?? [];
  writeFileSync(join(folder, 'catalog.json'), json);
  const url = await start('catalog.json');
  const headers = { authorization: 'Bearer sk_test_packed' };
  const price = await (await fetch(`${url}/v1/prices/price_book`, { headers })).json();
  assert.equal(price.unit_amount, 500);
  await stop();
}

async function stop() {
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGTERM');
  assert.equal(await ended, 0, 'SIGTERM ends it in order');
}
