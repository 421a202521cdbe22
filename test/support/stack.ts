import { join } from 'node:path';
import { startNodePart, type RunningPart } from '../../local/node-part';
import { isWebReady, saysReady, saysWorkerReady } from '../../local/parts';
import { DIST, SANDBOX_SCRIPT } from '../../local/paths';
import { freePort } from '../../local/ports';
import type { Service } from '../../local/service';
import { testEnv, WEBHOOK_SECRET } from './config';
import { createTestDatabase, type TestDatabase } from './database';
import { EmailFolder } from './emails';
import { ownRedis } from './own-redis';

type Env = Readonly<Record<string, string>>;
type PartName = 'web' | 'worker' | 'sandbox' | 'redis';

export interface StackOptions {
  /** A Redis of its own; without it the dispatcher runs everything. */
  readonly redis?: boolean;
  /** Default 1. */
  readonly workers?: number;
  /** For web and workers, for example a FAILPOINTS. */
  readonly env?: Env;
  /** Told before anything starts, for proxies that lead to these ports. */
  readonly onPorts?: (ports: { readonly web: number; readonly sandbox: number }) => void;
}

export interface StackProcess {
  readonly pid: number;
  /** Resolves when it is gone, with one line that says how. */
  readonly ended: Promise<string>;
  /** Everything it printed so far. */
  log(): string;
}

interface Running extends StackProcess {
  readonly name: PartName;
  readonly part: RunningPart;
  hasEnded: boolean;
}

const SCRIPTS = {
  web: 'src/main.js',
  worker: 'src/worker.js',
  sandbox: SANDBOX_SCRIPT,
} as const;
const HARMLESS: readonly NodeJS.Signals[] = ['SIGSTOP', 'SIGCONT'];

/** The real processes of `dist/` over a fresh database: for tests that kill them. Needs `npm run build`. */
export class Stack {
  web!: StackProcess;
  readonly workers: StackProcess[] = [];
  /** The folder for the workers' emails. */
  readonly mails = new EmailFolder();
  private readonly processes: Running[] = [];

  private constructor(
    private readonly database: TestDatabase,
    readonly redis: Service | undefined,
    private readonly ports: { readonly web: number; readonly sandbox: number },
    private readonly env: Env,
  ) {}

  static async start({ redis = false, workers = 1, env = {}, onPorts }: StackOptions = {}): Promise<Stack> {
    const ports = { web: await freePort(), sandbox: await freePort() };
    onPorts?.(ports);
    const stack = new Stack(await createTestDatabase(), redis ? await ownRedis() : undefined, ports, env);
    try {
      await stack.startSandbox();
      const starting = Array.from({ length: workers }, () => stack.startWorker());
      await Promise.all([stack.startWeb(), ...starting]);
      return stack;
    } catch (error) {
      await stack.stop();
      throw error;
    }
  }

  get apiUrl(): string {
    return `http://127.0.0.1:${this.ports.web}`;
  }

  get sandboxUrl(): string {
    return `http://127.0.0.1:${this.ports.sandbox}`;
  }

  get databaseUrl(): string {
    return this.database.url;
  }

  get redisUrl(): string | undefined {
    return this.redis?.url;
  }

  /** Starts the web process (again), on the same port. `env` replaces the stack's own variables of those names. */
  async startWeb(env: Env = {}): Promise<void> {
    this.web = await this.startPart('web', this.backendEnv(env), () => isWebReady(this.apiUrl));
  }

  async startWorker(env: Env = {}): Promise<StackProcess> {
    const worker = await this.startPart('worker', this.backendEnv(env), saysWorkerReady);
    this.workers.push(worker);
    return worker;
  }

  /** Signals a part, `worker` meaning all of them, and waits until it is gone (SIGSTOP and SIGCONT do not wait). */
  async kill(part: PartName | StackProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const targets = this.targetsOf(part);
    for (const { pid } of targets) process.kill(pid, signal);
    if (!HARMLESS.includes(signal)) await Promise.all(targets.map(({ ended }) => ended));
  }

  /** Stops everything and drops the database. Safe after any `kill`. */
  async stop(): Promise<void> {
    const [sandbox, backend] = [this.running('sandbox'), this.running('web', 'worker')];
    await Promise.all(backend.map(({ part }) => part.stop()));
    await Promise.all(sandbox.map(({ part }) => part.stop()));
    await this.redis?.stop();
    await this.database.drop();
    this.mails.remove();
  }

  private targetsOf(part: PartName | StackProcess): readonly { pid: number; ended: Promise<string> }[] {
    if (typeof part !== 'string') return [part];
    const targets =
      part === 'redis' ? [this.redis].filter((redis) => redis !== undefined) : this.running(part);
    if (targets.length === 0) throw new Error(`no ${part} is running`);
    return targets;
  }

  private running(...names: PartName[]): Running[] {
    return this.processes.filter(({ name, hasEnded }) => !hasEnded && names.includes(name));
  }

  private async startSandbox(): Promise<void> {
    const env = {
      ...systemEnv(),
      SANDBOX_PORT: String(this.ports.sandbox),
      SANDBOX_SECRET_KEY: 'sk_test_sandbox',
      SANDBOX_CATALOG: 'premium',
      SANDBOX_WEBHOOK_URL: `${this.env['PUBLIC_URL'] ?? this.apiUrl}/api/v1/payments/webhook`,
      SANDBOX_WEBHOOK_SECRET: WEBHOOK_SECRET,
    };
    await this.startPart('sandbox', env, saysReady);
  }

  /** A further web process on a port of its own; `web` stays the first. */
  startAnotherWeb(port: number): Promise<StackProcess> {
    const env = { ...this.backendEnv({}), PORT: String(port) };
    return this.startPart('web', env, () => isWebReady(`http://127.0.0.1:${port}`));
  }

  private backendEnv(own: Env): Env {
    const redis: Env = this.redis === undefined ? {} : { REDIS_URL: this.redis.url };
    const env = {
      LOG_LEVEL: 'info',
      STRIPE_API_BASE: this.sandboxUrl,
      MAIL_DIR: this.mails.path,
      ...redis,
      ...this.env,
      ...own,
    };
    const complete = testEnv({ databaseUrl: this.databaseUrl, publicUrl: this.apiUrl, env });
    return { ...systemEnv(), ...complete, PORT: String(this.ports.web) };
  }

  private async startPart(
    name: keyof typeof SCRIPTS,
    env: Env,
    isReady: (lines: readonly string[]) => boolean | Promise<boolean>,
  ): Promise<StackProcess> {
    let text = '';
    const log = { write: (chunk: string) => void (text += chunk) };
    const script = join(DIST, SCRIPTS[name]);
    const part = await startNodePart({ name, script, env, log, isReady }).catch((error: Error) => {
      throw new Error(`${name}: ${error.message}\n${text}`);
    });
    const running: Running = {
      name,
      pid: part.pid,
      ended: part.ended,
      log: () => text,
      part,
      hasEnded: false,
    };
    void part.ended.then(() => (running.hasEnded = true));
    this.processes.push(running);
    return running;
  }
}

export const startStack = (options?: StackOptions): Promise<Stack> => Stack.start(options);

// Nothing of jest's own (NODE_OPTIONS, NODE_ENV) and nothing that the person has configured reaches the processes.
function systemEnv(): Env {
  const names = ['PATH', 'HOME', 'TMPDIR', 'LANG'];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}
