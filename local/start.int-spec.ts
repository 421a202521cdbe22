import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../test/support/wait';
import { findLocalFile, type LocalFile } from './local-file';
import { DIST, PROJECT_ROOT } from './paths';
import { freePort } from './ports';
import { withClient } from './postgres';
import { isAlive } from './processes';

jest.setTimeout(90_000);

const START = join(DIST, 'local', 'start.js');
const DOCTOR = join(DIST, 'local', 'doctor.js');

/** One real `npm start` with its own data folder. */
class Start {
  output = '';
  private readonly child: ChildProcess;
  readonly code: Promise<number | null>;

  constructor(
    readonly data: string,
    env: NodeJS.ProcessEnv = {},
    command: readonly [string, ...string[]] = [process.execPath, START],
  ) {
    const [file, ...args] = command;
    const unset = { DATABASE_URL: '', REDIS_URL: '', STRIPE_SECRET_KEY: '', STRIPE_API_BASE: '' };
    this.child = spawn(file, args, {
      cwd: PROJECT_ROOT,
      env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: 'development', ...unset, DATA_DIR: data, ...env },
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    }
    this.code = new Promise((resolve) => this.child.once('exit', (code) => resolve(code)));
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  ready(): Promise<LocalFile> {
    return eventually(
      () => {
        const local = findLocalFile(join(this.data, 'local.json'));
        if (local === undefined || !this.output.includes('is running')) throw new Error(this.output);
        return local;
      },
      { timeoutMs: 60_000, intervalMs: 100 },
    );
  }

  pids(): Record<string, number> {
    const lock = JSON.parse(readFileSync(join(this.data, 'launcher.json'), 'utf8')) as {
      parts: Record<string, number>;
    };
    return lock.parts;
  }
}

// Not the usual ports, which another `npm start` may use.
const freePorts = async () => ({ PORT: String(await freePort()), SANDBOX_PORT: String(await freePort()) });
const statusOf = async (url: string) => (await fetch(url)).status;
const expectAllGone = (pids: Record<string, number>) =>
  expect(Object.entries(pids).filter(([, pid]) => isAlive(pid))).toEqual([]);

/** The starts of one data folder. */
class Starts {
  readonly data = mkdtempSync(join(tmpdir(), 'course-companion-spec-'));
  private readonly all: Start[] = [];

  async start(env: NodeJS.ProcessEnv = {}, command?: [string, ...string[]]): Promise<Start> {
    const one = new Start(this.data, { ...(await freePorts()), ...env }, command);
    this.all.push(one);
    return one;
  }

  async end(): Promise<void> {
    for (const start of this.all) start.signal('SIGTERM');
    await Promise.all(this.all.map((start) => start.code));
    rmSync(this.data, { recursive: true, force: true });
  }
}

// One start for all of them, in this order: the last ones harm it.
describe('npm start while the usual ports are in use', () => {
  const starts = new Starts();
  let takers: Server[];
  let one: Start;
  let local: LocalFile;

  beforeAll(async () => {
    takers = [3000, 12111].map((port) =>
      createServer()
        .on('error', () => undefined)
        .listen(port, '127.0.0.1'),
    );
    one = await starts.start({ PORT: '', SANDBOX_PORT: '' });
    local = await one.ready();
  });
  afterAll(async () => {
    await starts.end();
    for (const taker of takers) taker.close();
  });

  it('chooses free ports, and prints them', async () => {
    expect(one.output).toMatch(/port 3000 is in use, using \d+/);
    expect(one.output).toMatch(/port 12111 is in use, using \d+/);
    expect(await statusOf(`${local.api_url}/health/ready`)).toBe(200);
  });

  it('is healthy in the eyes of the doctor', () => {
    const env = { ...process.env, NODE_OPTIONS: '', DATA_DIR: starts.data };
    const { stdout, status } = spawnSync(process.execPath, [DOCTOR], { env, encoding: 'utf8' });

    expect([stdout.match(/^ERROR .*$/gm), status]).toEqual([null, 0]);
    for (const check of ['PostgreSQL', 'Stripe prices', 'Stripe webhook', 'Clock', 'Web', 'Email'])
      expect(stdout).toMatch(new RegExp(`^ok +${check} `, 'm'));
  });

  it('refuses a second start on the same folder and is not disturbed by it', async () => {
    const second = await starts.start();

    expect(await second.code).toBe(1);
    expect(second.output).toContain(`is already running on this data folder`);
    expect(second.output).toContain(local.api_url);
    expect(findLocalFile(join(starts.data, 'local.json'))).toEqual(local);
    expect(await statusOf(`${local.api_url}/health/ready`)).toBe(200);
  });

  it('starts any crashed part again on the same addresses', async () => {
    const before = one.pids();
    for (const pid of Object.values(before)) process.kill(pid, 'SIGKILL');

    await eventually(
      () => {
        for (const name of Object.keys(before)) expect(one.output).toContain(`${name}: running again`);
      },
      { timeoutMs: 60_000 },
    );

    expect(await statusOf(`${local.api_url}/health/ready`)).toBe(200);
    expect(Object.keys(one.pids())).toEqual(Object.keys(before));
    expectAllGone(before);
  });

  it('stops within ten seconds although web and worker hang', async () => {
    const pids = one.pids();
    for (const name of ['web', 'worker']) process.kill(pids[name] ?? NaN, 'SIGSTOP');
    const asked = performance.now();
    one.signal('SIGTERM');

    expect(await one.code).toBe(0);
    expect(performance.now() - asked).toBeLessThan(10_000);
    expectAllGone(pids);
  });
});

describe('npm start', () => {
  let starts: Starts;
  let data: string;

  beforeEach(() => {
    starts = new Starts();
    data = starts.data;
  });
  afterEach(() => starts.end());

  const start = (env?: NodeJS.ProcessEnv, command?: [string, ...string[]]) => starts.start(env, command);

  it('stops everything within ten seconds and finds its data after a restart', async () => {
    const first = await start();
    const local = await first.ready();
    await withClient(local.database_url, (client) =>
      client.query('CREATE TABLE kept AS SELECT 42 AS answer'),
    );
    const pids = first.pids();
    const asked = performance.now();
    first.signal('SIGINT');

    expect(await first.code).toBe(0);
    expect(performance.now() - asked).toBeLessThan(10_000);
    expectAllGone(pids);
    expect(existsSync(join(data, 'local.json'))).toBe(false);

    const again = await (await start()).ready();
    const kept = await withClient(again.database_url, (client) => client.query('SELECT answer FROM kept'));
    expect(kept.rows).toEqual([{ answer: 42 }]);
    expect(again.operator).toEqual(local.operator);
    expect(again.stripe_secret_key).toBe(local.stripe_secret_key);
  });

  it('leaves nothing running when it is killed, and can start again at once', async () => {
    const one = await start();
    await one.ready();
    const pids = one.pids();
    one.signal('SIGKILL');
    await one.code;
    rmSync(join(data, 'local.json'));

    const local = await (await start()).ready();

    expectAllGone(pids);
    expect(await statusOf(`${local.api_url}/health/ready`)).toBe(200);
  });

  it('stops when the npm that ran it is killed', async () => {
    const shell = ['/bin/sh', '-c', '"$0" "$1"; :', process.execPath, START] as const;
    const one = await start({ npm_lifecycle_event: 'start' }, [...shell]);
    await one.ready();
    const pids = one.pids();
    one.signal('SIGKILL');

    await eventually(() => expectAllGone(pids), { timeoutMs: 10_000 });
    await eventually(() => expect(existsSync(join(data, 'launcher.json'))).toBe(false));
  });

  it('runs without Redis and prints how to get one', async () => {
    const path = mkdtempSync(join(tmpdir(), 'course-companion-spec-'));
    try {
      // Besides Node, a start as root needs unshare for PostgreSQL.
      if (existsSync('/usr/bin/unshare')) symlinkSync('/usr/bin/unshare', join(path, 'unshare'));
      const one = await start({ PATH: path });
      const local = await one.ready();

      expect(local.redis_url).toBeNull();
      expect(one.output).toContain('npm run redis:fetch');
      expect(await (await fetch(`${local.api_url}/health/ready`)).json()).toMatchObject({
        status: 'degraded',
      });
    } finally {
      rmSync(path, { recursive: true, force: true });
    }
  });

  it('exits with the reason when a configured part is unavailable, and leaves nothing running', async () => {
    const one = await start({ DATABASE_URL: 'postgresql://postgres@127.0.0.1:1/none' });

    expect(await one.code).toBe(1);
    expect(one.output).toMatch(
      /migrate failed: it exited with code 1\n {2}\| migrate cannot start: PostgreSQL does not answer .*ECONNREFUSED/,
    );
    expect(existsSync(join(data, 'launcher.json'))).toBe(false);
  });

  it('can be stopped during the start', async () => {
    const one = await start();
    await eventually(() => expect(one.output).toContain('postgres '), { timeoutMs: 30_000 });
    one.signal('SIGTERM');

    expect(await one.code).toBe(0);
    expect(existsSync(join(data, 'launcher.json'))).toBe(false);
  });
});
