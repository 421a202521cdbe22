import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SandboxServer } from '../../src/server';

interface Sent {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
}

describe('a sandbox on a machine with a browser', () => {
  let folder: string;
  let server: SandboxServer;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'stripe-sandbox-'));
    server = new SandboxServer({ catalog: 'premium', snapshotPath: join(folder, 'state.json') });
    await server.listen();
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const send = ({ method = 'GET', path, headers = {} }: Sent): Promise<number> =>
    new Promise((resolve, reject) => {
      const sent = request(`${server.url}${path}`, { method, headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      });
      sent.on('error', reject);
      sent.end(method === 'POST' ? '{}' : undefined);
    });

  const PATHS = [
    ['GET', '/'],
    ['GET', '/sandbox/snapshot'],
    ['GET', '/sandbox/clock'],
    ['GET', '/v1/customers'],
    ['POST', '/sandbox/clock'],
    ['POST', '/sandbox/reset'],
    ['POST', '/sandbox/deliveries/pause'],
    ['POST', '/control/clock'],
    ['POST', '/control/api'],
    ['POST', '/v1/customers'],
  ] as const;

  it.each(PATHS)('refuses %s %s under a foreign host name', async (method, path) => {
    const { port } = new URL(server.url);
    for (const host of [
      `rebound.attacker.example:${port}`,
      'attacker.example',
      '127.0.0.1.attacker.example',
    ]) {
      expect([host, await send({ method, path, headers: { host } })]).toEqual([host, 403]);
    }
  });

  it.each(PATHS.filter(([method]) => method === 'POST'))(
    'refuses %s %s from a page of another site',
    async (method, path) => {
      const now = server.now();
      const foreign: Readonly<Record<string, string>>[] = [
        { origin: 'https://attacker.example' },
        { origin: 'null' },
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site', origin: server.url },
      ];
      for (const headers of foreign) expect(await send({ method, path, headers })).toBe(403);
      expect(server.now() - now).toBeLessThan(60);
    },
  );

  it('answers its own pages, programs, and every local name', async () => {
    const { port } = new URL(server.url);
    for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`, `sandbox:${port}`]) {
      expect([host, await send({ path: '/sandbox/clock', headers: { host } })]).toEqual([host, 200]);
    }
    const own = { origin: server.url, 'sec-fetch-site': 'same-origin' };
    expect(await send({ method: 'POST', path: '/sandbox/deliveries/resume', headers: own })).toBe(200);
    expect(await send({ method: 'POST', path: '/sandbox/deliveries/resume' })).toBe(200);
  });

  it('keeps its state in files that only their owner can read', async () => {
    server.advance(1);
    await server.close();

    const modes = readdirSync(folder).map((name) => (statSync(join(folder, name)).mode & 0o777).toString(8));
    expect(modes).toEqual(['600']);
  });
});
