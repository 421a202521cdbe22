import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { bannerLines } from './banner';
import { acquireLock, type LauncherLock } from './launcher-lock';
import { removeLocalFile, writeLocalFile, type LocalFile } from './local-file';
import {
  isWebReady,
  nodePart,
  nodeTask,
  postgresPart,
  redisPart,
  saysReady,
  saysWorkerReady,
  type PartFolders,
  type Task,
} from './parts';
import { SANDBOX_SCRIPT, shortPath } from './paths';
import { choosePort, reservePort, type ChosenPort } from './ports';
import { findRedis, REDIS_HINT } from './redis';
import { loadSecrets, type LocalSecrets } from './secrets';
import {
  backendEnv,
  configuredForSandbox,
  decidePlan,
  parsePort,
  sandboxEnv,
  webUrl,
  withoutEmpty,
  type Plan,
} from './settings';
import { PartFailedError, Supervisor, type Part } from './supervisor';

export interface LauncherOptions {
  readonly env: NodeJS.ProcessEnv;
  /** Folder for data, logs and secrets, kept between starts. */
  readonly data: string;
  /** Folder of the built processes; tests pass substitutes. */
  readonly dist?: string;
  readonly print: (line: string) => void;
}

/**
 * The work of `npm start` without its process: starts the parts in order, prints their addresses, keeps them running, and
 * stops them in reverse order. One per data folder.
 */
export class Launcher {
  private readonly supervisor: Supervisor;
  private readonly stopping = new AbortController();
  private readonly folders: PartFolders;
  private readonly env: NodeJS.ProcessEnv;
  private readonly plan: Plan;
  private lock: LauncherLock | undefined;

  constructor(private readonly options: LauncherOptions) {
    this.folders = { data: options.data, ...(options.dist !== undefined && { dist: options.dist }) };
    this.env = withoutEmpty(options.env);
    this.plan = decidePlan(this.env);
    this.supervisor = new Supervisor({ print: options.print, onChange: (pids) => this.lock?.record(pids) });
  }

  /** Resolves when a part crashed too often; the owner then stops everything. */
  get failed(): Promise<PartFailedError> {
    return this.supervisor.failed;
  }

  private get localPath(): string {
    return join(this.options.data, 'local.json');
  }

  /** Resolves when everything is ready. After a rejection the owner calls `stop`. */
  async start(): Promise<LocalFile> {
    const { data, print } = this.options;
    const wanted = { web: parsePort(this.env, 'PORT'), sandbox: parsePort(this.env, 'SANDBOX_PORT') };
    this.lock = await acquireLock(join(data, 'launcher.json'));
    removeLocalFile(this.localPath);
    print(`Course Companion is starting; data and logs stay in ${shortPath(data)}`);
    const secrets = loadSecrets(join(data, 'secrets.json'));
    const web = await reservePort(wanted.web);
    const webPort = web.port;
    this.printMove('web', wanted.web, web);
    const databaseUrl = await this.startDatabase();
    const redisUrl = await this.startRedis();
    const sandboxUrl = await this.startSandbox(secrets, webPort, wanted.sandbox);
    const emailFolder = join(data, 'mail');
    const addresses = { webPort, emailFolder, databaseUrl, redisUrl, sandboxUrl };
    const env = backendEnv(this.env, secrets, addresses);
    await this.prepareData(env, secrets);
    await web.release();
    await this.startBackend(env, webUrl(webPort));
    const local: LocalFile = {
      api_url: webUrl(webPort),
      sandbox_url: sandboxUrl ?? null,
      database_url: databaseUrl,
      redis_url: redisUrl ?? null,
      stripe_secret_key: sandboxUrl === undefined ? null : secrets.stripe_secret_key,
      webhook_secret: sandboxUrl === undefined ? null : secrets.webhook_secret,
      operator: secrets.operator,
    };
    writeLocalFile(this.localPath, local);
    const student = `ada-${randomBytes(2).toString('hex')}`;
    const emails = env['SMTP_URL'] === undefined ? shortPath(env['MAIL_DIR'] ?? emailFolder) : undefined;
    bannerLines({ local, logs: join(shortPath(data), 'logs'), emails, student }).forEach(print);
    return local;
  }

  /** Stops everything in reverse order, within ten seconds. Safe at any moment, also in the middle of a start. */
  async stop(): Promise<void> {
    this.stopping.abort();
    // Without the lock, the files in the folder belong to another launcher.
    if (this.lock === undefined) return;
    removeLocalFile(this.localPath);
    await this.supervisor.stop();
    this.lock.release();
  }

  /** For a second Ctrl-C: does not wait. */
  kill(): Promise<void> {
    return this.supervisor.kill();
  }

  private async startDatabase(): Promise<string> {
    if (!this.plan.postgres) return this.configured('postgres', 'DATABASE_URL');
    const postgres = postgresPart(this.folders);
    await this.startPart(postgres, () => `127.0.0.1:${postgres.current().port}`);
    return postgres.current().url;
  }

  private async startRedis(): Promise<string | undefined> {
    if (!this.plan.redis) return this.configured('redis', 'REDIS_URL');
    if (findRedis({ ...this.env, DATA_DIR: this.options.data }) === undefined) {
      this.line(
        'redis',
        `not found: everything works without it, and payments open a little later (${REDIS_HINT})`,
      );
      return undefined;
    }
    const redis = redisPart(this.folders);
    await this.startPart(redis, () => `127.0.0.1:${redis.current().port}`);
    return redis.current().url;
  }

  private async startSandbox(
    secrets: LocalSecrets,
    webPort: number,
    preferredPort: number,
  ): Promise<string | undefined> {
    if (!this.plan.sandbox) {
      this.line('stripe', 'as configured; the sandbox is not started');
      return undefined;
    }
    const kept = configuredForSandbox(this.env);
    if (kept.length > 0) this.line('stripe', `uses the configured ${kept.join(', ')}`);
    const chosen = await choosePort(preferredPort);
    this.printMove('sandbox', preferredPort, chosen);
    const { port } = chosen;
    const snapshot = join(this.options.data, 'stripe-sandbox.json');
    const env = sandboxEnv(this.env, secrets, { port, webPort, snapshot });
    const part = { name: 'sandbox', script: SANDBOX_SCRIPT, env, isReady: saysReady };
    try {
      await this.startPart(nodePart(part, this.folders), () => webUrl(port));
    } catch (error) {
      // Another program took the port after the check.
      if (chosen.moved || !String(error).includes('EADDRINUSE')) throw error;
      return this.startSandbox(secrets, webPort, port);
    }
    return webUrl(port);
  }

  private async prepareData(env: NodeJS.ProcessEnv, secrets: LocalSecrets): Promise<void> {
    await this.runTask(nodeTask({ name: 'migrate', script: 'src/cli/migrate.js', env }, this.folders));
    const { email, password } = secrets.operator;
    const operatorEnv = { ...env, OPERATOR_EMAIL: email, OPERATOR_PASSWORD: password };
    const operator = { name: 'operator', script: 'src/cli/create-operator.js', env: operatorEnv };
    await this.runTask(nodeTask(operator, this.folders));
  }

  private async startBackend(env: NodeJS.ProcessEnv, url: string): Promise<void> {
    const web = { name: 'web', script: 'src/main.js', env, isReady: () => isWebReady(url) };
    await this.startPart(nodePart(web, this.folders), () => url);
    const worker = { name: 'worker', script: 'src/worker.js', env, isReady: saysWorkerReady };
    await this.startPart(nodePart(worker, this.folders), () => 'ready');
  }

  private async startPart(part: Part, detail: () => string): Promise<void> {
    const started = performance.now();
    await this.supervisor.start(part);
    this.line(part.name, detail(), started);
  }

  private async runTask(task: Task): Promise<void> {
    const started = performance.now();
    const detail = await task.run(this.stopping.signal).catch((error: Error) => {
      throw new PartFailedError(task, error.message);
    });
    this.line(task.name, shortDetail(detail), started);
  }

  private configured(name: string, variable: string): string {
    this.line(name, `from ${variable}`);
    return this.env[variable] ?? '';
  }

  private printMove(name: string, preferred: number, { port, moved }: ChosenPort): void {
    if (moved) this.line(name, `port ${preferred} is in use, using ${port}`);
  }

  private line(name: string, text: string, startedMs?: number): void {
    const seconds =
      startedMs === undefined ? '' : `  (${((performance.now() - startedMs) / 1000).toFixed(1)} s)`;
    this.options.print(`  ${name.padEnd(10)} ${text}${seconds}`);
  }
}

/** Tasks print sentences for their logs; the start needs only one word or number. */
function shortDetail(line: string): string {
  const applied = /^applied: (.+)$/.exec(line)?.[1];
  if (applied !== undefined) return `${applied.split(',').length} migrations applied`;
  return line.replace(/^operator /, '');
}
