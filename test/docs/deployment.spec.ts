import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { parseToml } from './toml';

// The build machine has no Docker engine and no Fly account, so these tests read the files.

const ROOT = resolve(__dirname, '..', '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const FILES = ['Dockerfile', 'docker-compose.yml', 'fly.toml', '.dockerignore'];

const dockerfile = read('Dockerfile').replaceAll('\\\n', ' ');
const [buildStage = '', finalStage = ''] = dockerfile.split(/^(?=FROM )/m).slice(-2);
const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;
const instructions = (stage: string, name: string): string[] =>
  [...stage.matchAll(new RegExp(`^${name} (.+)$`, 'gm'))].map(([, rest = '']) => rest.trim());

interface Service {
  readonly image?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly env_file?: readonly { path: string; required: boolean }[];
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly depends_on?: Readonly<Record<string, { condition: string }>>;
}

const { services } = parse(read('docker-compose.yml'), { merge: true }) as {
  services: Record<string, Service>;
};
const service = (name: string): Service => services[name] ?? {};
const fly = parseToml(read('fly.toml'));

/** `dist/src/x.js` exists after a build exactly when `src/x.ts` exists now. */
const expectBuilt = (command: string) => {
  const file = /^node (dist\/(src\/[\w/-]+)\.js)$/.exec(command);
  expect(file?.[0]).toBe(command);
  expect(existsSync(join(ROOT, `${file?.[2]}.ts`))).toBe(true);
};

describe('Dockerfile', () => {
  it('runs on the Node that the project is pinned to', () => {
    const images = instructions(dockerfile, 'FROM').map((from) => from.split(' ')[0]);

    expect(images).toEqual([`node:${read('.nvmrc').trim()}-slim`, `node:${read('.nvmrc').trim()}-slim`]);
  });

  it('installs from the lock file, builds, and ships no build tools', () => {
    const runs = instructions(buildStage, 'RUN').join('\n');

    expect(runs).toMatch(/npm ci\n.*npm run build:backend\n.*npm prune --omit=dev --workspaces=false/s);
    expect(scripts['build:backend']).toBeDefined();
    expect(instructions(finalStage, 'RUN')).toEqual([]);
  });

  it('copies every file that the build and the processes read', () => {
    const sources = (stage: string) =>
      instructions(stage, 'COPY').flatMap((copy) =>
        copy.split(' ').filter((word) => !word.startsWith('--')).slice(0, -1),
      );
    // The import rules ensure that neither of the two imports sandbox, local or test code.
    expect(sources(buildStage)).toEqual(expect.arrayContaining(['src', 'migrations', 'tsconfig.build.json', 'local/build.mjs']));
    expect(sources(finalStage)).toEqual(
      expect.arrayContaining([
        '/app/dist/src',
        '/app/dist/migrations',
        '/app/node_modules',
        'content',
        'chatgpt/actions.openapi.json',
        'docs/openapi.json',
      ]),
    );
  });

  it('runs as an ordinary user on its exposed port with a health check', () => {
    expect(instructions(finalStage, 'USER')).toEqual(['node']);
    expect(instructions(finalStage, 'EXPOSE')).toEqual(['3000']);
    expect(instructions(finalStage, 'ENV').join(' ')).toContain('NODE_ENV=production HOST=0.0.0.0 PORT=3000');
    expect(instructions(finalStage, 'HEALTHCHECK').join(' ')).toContain('/health/live');
    expect(finalStage.indexOf('USER node')).toBeGreaterThan(finalStage.lastIndexOf('COPY'));
  });

  it('starts the web process by default', () => {
    const [command = '[]'] = instructions(finalStage, 'CMD');

    expect((JSON.parse(command) as string[]).join(' ')).toBe(scripts['start:web']);
    expectBuilt((JSON.parse(command) as string[]).join(' '));
  });

  it('receives neither secrets nor local data', () => {
    const [first, ...rest] = read('.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    const kept = rest.filter((line) => line.startsWith('!')).map((line) => line.slice(1));

    expect(first).toBe('*');
    expect(kept.filter((path) => /^\.(env|data|git)|node_modules|dist/.test(path))).toEqual([]);
    expect(kept).toEqual(
      expect.arrayContaining(['src', 'migrations', 'local/build.mjs', 'content', 'chatgpt/actions.openapi.json', 'docs/openapi.json', 'package-lock.json']),
    );
  });
});

describe('docker-compose.yml', () => {
  it('contains the five parts of production', () => {
    expect(Object.keys(services).sort()).toEqual(['migrate', 'postgres', 'redis', 'web', 'worker']);
  });

  it.each([
    ['migrate', 'migrate'],
    ['web', 'start:web'],
    ['worker', 'start:worker'],
  ])('runs %s as the script %s does', (name, script) => {
    const command = service(name).command?.join(' ') ?? '';

    expect(command).toBe(scripts[script]);
    expectBuilt(command);
  });

  it('gives Redis an append-only file and forbids eviction', () => {
    const command = service('redis').command?.join(' ');

    expect(command).toContain('--appendonly yes');
    expect(command).toContain('--maxmemory-policy noeviction');
    expect(service('redis').volumes).toEqual(['redis:/data']);
  });

  it('uses the PostgreSQL version of the tests with its data directory', () => {
    const [, major] = /^const MAJOR_VERSION = '(\d+)';$/m.exec(read('local/postgres.ts')) ?? [];

    expect(service('postgres').image).toBe(`postgres:${major}`);
    expect(service('postgres').volumes).toEqual(['postgres:/var/lib/postgresql']);
  });

  it('starts web and worker after the migrations and after the start of Redis', () => {
    for (const name of ['web', 'worker']) {
      expect(service(name).depends_on).toEqual({
        migrate: { condition: 'service_completed_successfully' },
        redis: { condition: 'service_started' },
      });
    }
    expect(service('migrate').depends_on).toEqual({ postgres: { condition: 'service_healthy' } });
  });

  it('checks the health of PostgreSQL, Redis and the worker; the image checks web', () => {
    expect(service('postgres').healthcheck?.test?.[1]).toBe('pg_isready');
    expect(service('redis').healthcheck?.test?.slice(1)).toEqual(['redis-cli', 'ping']);
    expect(service('worker').healthcheck?.test?.join(' ')).toContain('127.0.0.1:3001/health/live');
    expect(service('worker').environment?.['WORKER_PORT']).toBe('3001');
    expect(service('web').healthcheck).toBeUndefined();
  });

  it('overrides addresses of a development .env and opens ports on this machine only', () => {
    for (const name of ['migrate', 'web', 'worker']) {
      expect(service(name).env_file).toEqual([{ path: '.env', required: false }]);
      expect(service(name).environment).toMatchObject({ HOST: '0.0.0.0', PORT: '3000' });
      expect(service(name).environment?.['DATABASE_URL']).toContain('@postgres:5432/');
      expect(service(name).environment?.['REDIS_URL']).toBe('redis://redis:6379');
      // The port is open on this machine only, for the proxy that terminates TLS.
      expect(service(name).environment?.['TRUSTED_PROXIES']).toBe('1');
    }
    const ports = Object.values(services).flatMap((one) => one.ports ?? []);
    expect(ports).toEqual(['127.0.0.1:6379:6379', '127.0.0.1:3000:3000']);
  });
});

describe('fly.toml', () => {
  it('runs web and worker as process groups and migrates before they start', () => {
    expect(fly['processes']).toEqual({ web: scripts['start:web'], worker: scripts['start:worker'] });
    expect(fly['deploy']?.['release_command']).toBe(scripts['migrate']);
    expectBuilt(String(fly['deploy']?.['release_command']));
  });

  it('serves the web group on its port over https without auto-stop', () => {
    expect(fly['http_service']).toMatchObject({
      processes: ['web'],
      internal_port: Number(fly['env']?.['PORT']),
      force_https: true,
      auto_stop_machines: 'off',
    });
    expect(fly['http_service.checks']?.['path']).toBe('/health/ready');
  });

  it('checks the worker on a port that no service exposes', () => {
    expect(fly['checks.worker']).toMatchObject({
      processes: ['worker'],
      port: Number(fly['env']?.['WORKER_PORT']),
      path: '/health/live',
    });
    expect(fly['env']?.['WORKER_PORT']).not.toBe(fly['env']?.['PORT']);
  });

  it('trusts exactly the two entries that its proxy appends to X-Forwarded-For', () => {
    expect(fly['env']?.['TRUSTED_PROXIES']).toBe('2');
  });

  it('lists every secret that production requires', () => {
    const required = /Secrets \(`fly secrets set`\): (.+?);/s.exec(read('fly.toml'))?.[1] ?? '';

    expect(required.match(/[A-Z_]{4,}/g)?.sort()).toEqual([
      'AUTH_SIGNING_KEYS',
      'CONTACT_EMAIL',
      'DATABASE_URL',
      'MAIL_FROM',
      'REDIS_URL',
      'SMTP_URL',
      'STRIPE_PREMIUM_PRICE_ID',
      'STRIPE_PUBLISHABLE_KEY',
      'STRIPE_SECRET_KEY',
      'STRIPE_WEBHOOK_SECRET',
    ]);
    expect(fly['env']?.['NODE_ENV']).toBe('production');
    expect(String(fly['env']?.['PUBLIC_URL'])).toMatch(/^https:/);
  });
});

describe('deployment files', () => {
  const SECRET = [/\b(sk|rk|pk)_(live|test)_\w+/, /\bwhsec_\w+/, /"d":/, /:\/\/[^:/@\s]+:(?!\$\{)[^@/\s]+@/];

  it.each(FILES)('finds no secret in %s', (file) => {
    for (const pattern of SECRET) expect(read(file)).not.toMatch(pattern);
  });

  it.each([
    'STRIPE_SECRET_KEY=sk_live_abc',
    'whsec_abc',
    '{"d":"x"}',
    'postgres://course:hunter2@postgres:5432/course',
  ])('detects %s', (text) => {
    expect(SECRET.some((pattern) => pattern.test(text))).toBe(true);
  });
});
