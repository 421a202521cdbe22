import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The official CLI, from its npm package for this platform; undefined where there is none. */
export function findCli(): string | undefined {
  const name = `@stripe/cli-${process.platform}-${process.arch}`;
  try {
    const folder = dirname(createRequire(__filename).resolve(`${name}/package.json`));
    const binary = join(folder, 'bin', process.platform === 'win32' ? 'stripe.exe' : 'stripe');
    return existsSync(binary) ? binary : undefined;
  } catch {
    return undefined;
  }
}

export interface CliAnswer {
  code: number;
  output: string;
}

/** Runs the CLI against one sandbox, with a configuration folder of its own. */
export class Cli {
  private readonly home = mkdtempSync(join(tmpdir(), 'stripe-cli-'));
  private readonly children: ChildProcess[] = [];

  constructor(
    private readonly binary: string,
    private readonly url: string,
  ) {}

  run(...args: string[]): Promise<CliAnswer> {
    return new Promise((resolve) => {
      const options = { env: this.env(), timeout: 30_000 };
      execFile(this.binary, [...args, '--api-base', this.url], options, (error, stdout, stderr) => {
        const code = error ? Number(error.code ?? 1) : 0;
        resolve({ code, output: `${stdout}${stderr}` });
      });
    });
  }

  /** Starts a command that goes on; resolves when its output has `mark`. */
  start(mark: string, ...args: string[]): Promise<() => string> {
    const child = spawn(this.binary, [...args, '--api-base', this.url], { env: this.env() });
    this.children.push(child);
    let output = '';
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no "${mark}" in: ${output}`)), 15_000);
      const read = (chunk: Buffer) => {
        output += chunk.toString();
        if (!output.includes(mark)) return;
        clearTimeout(timer);
        resolve(() => output);
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
    });
  }

  async close(): Promise<void> {
    const running = this.children.filter(({ exitCode }) => exitCode === null);
    const gone = running.map((child) => new Promise((resolve) => child.once('close', resolve)));
    for (const child of this.children) child.kill('SIGKILL');
    await Promise.all(gone);
    rmSync(this.home, { recursive: true, force: true });
  }

  private env(): NodeJS.ProcessEnv {
    return {
      PATH: process.env['PATH'],
      HOME: this.home,
      XDG_CONFIG_HOME: this.home,
      STRIPE_API_KEY: 'sk_test_sandbox_cli',
      STRIPE_CLI_TELEMETRY_OPTOUT: '1',
      // The CLI asks the internet for newer versions of itself; tests stay on this machine.
      HTTPS_PROXY: 'http://127.0.0.1:9',
    };
  }
}
