import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

declare global {
  // Setup and teardown are two modules of one jest process; this is the only thing they share.
  var stripeSandboxProcesses: ChildProcess[] | undefined;
}

const PROGRAM = join(__dirname, '..', '..', 'dist', 'src', 'main.js');

/** Accounts differ in what they do when the last retry failed. */
const RULES = ['cancel', 'unpaid', 'past_due'];

/** Without a key for the real Stripe, the conformance suite gets sandboxes, each as one account. */
export default async function setup(): Promise<void> {
  if (process.env['STRIPE_CONFORMANCE_KEY']) return;
  if (!existsSync(PROGRAM)) throw new Error(`${PROGRAM} is missing: run "npm run build" first.`);
  globalThis.stripeSandboxProcesses = [];
  const urls = await Promise.all(RULES.map(start));
  process.env['STRIPE_CONFORMANCE_URL'] = urls.join(',');
  process.env['STRIPE_CONFORMANCE_KEY'] = RULES.map((rule) => `sk_test_conformance_${rule}`).join(',');
}

async function start(rule: string): Promise<string> {
  const child = spawn(process.execPath, [PROGRAM], {
    env: { PATH: process.env['PATH'], SANDBOX_PORT: '0', SANDBOX_AFTER_RETRIES: rule },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  globalThis.stripeSandboxProcesses?.push(child);
  for await (const line of createInterface({ input: child.stdout })) {
    return (JSON.parse(line) as { url: string }).url;
  }
  throw new Error('The sandbox ended before it was ready.');
}
