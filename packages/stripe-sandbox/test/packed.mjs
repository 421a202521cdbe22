// What somebody has who installs the package: `npm pack`, an empty folder, nothing of this repository around it.
// Starts the sandbox there, sells a subscription and moves a year. Ends with 1 at the first thing that fails.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
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
let child;

try {
  installPacked();
  const url = await start();
  await sellAYear(url);
  await stop();
  console.log('packed: installed, started, sold a subscription, moved a year, stopped');
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

async function start() {
  const env = { PATH: process.env.PATH, SANDBOX_PORT: '0', SANDBOX_CATALOG: 'premium' };
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

async function stop() {
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGTERM');
  assert.equal(await ended, 0, 'SIGTERM ends it in order');
}
