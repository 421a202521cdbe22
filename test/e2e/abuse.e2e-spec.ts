import { Abuse } from '../abuse/abuse';
import { heapInUse } from '../abuse/memory';
import { Oracles } from '../abuse/oracles';
import { ACTORS, type AbuseRequest } from '../abuse/request';
import { World } from '../abuse/world';
import { call } from '../support/http';

/** `npm run abuse` sets both; here every run sends the same requests, so that a red build means a changed program. */
const SEED = Number(process.env['ABUSE_SEED'] ?? 20_260_101);
const COUNT = Number(process.env['ABUSE_COUNT'] ?? 3000);
const MAY_GROW_BYTES = 150e6;

const plain = (request: Partial<AbuseRequest>): AbuseRequest => ({
  actor: 'student-b',
  method: 'GET',
  target: '/api/v1/auth/me',
  headers: {},
  body: undefined,
  bodyIsReadable: true,
  ...request,
});

describe('generated abuse', () => {
  let world: World;
  let abuse: Abuse;

  beforeAll(async () => {
    world = await World.start();
    abuse = new Abuse(world, new Oracles(world.facts()));
  }, 120_000);
  afterAll(() => world?.stop());

  it('starts in a world where there is something to steal', () => {
    for (const { secrets } of world.victims) {
      expect(secrets.length).toBeGreaterThan(10);
      expect(secrets.join()).toMatch(/Canary/);
      expect(secrets.join()).toMatch(/cus_.*cs_/);
    }
    expect(world.premiumTexts.length).toBeGreaterThan(50);
    expect(Object.values(world.known).filter((values) => values.length === 0)).toEqual([]);
  });

  it('lets each actor in where it belongs', async () => {
    const statuses = async (target: string) =>
      Promise.all(ACTORS.map(async (actor) => (await world.send(plain({ actor, target }))).status));

    expect(await statuses('/api/v1/auth/me')).toEqual([401, 200, 200, 200, 401]);
    expect(await statuses('/api/v1/operator/audit-log')).toEqual([401, 403, 403, 200, 401]);
    expect(await statuses('/api/v1/chapters/chapter-4')).toEqual([401, 403, 200, 403, 401]);
  });

  it(
    `finds no crash, no undocumented answer, no open route and no data of others in ${COUNT} requests, seed ${SEED}`,
    async () => {
      const before = heapInUse();

      await abuse.run({ seed: SEED, count: COUNT });

      expect((await call('GET', `${world.app.apiUrl}/health/ready`)).status).toBe(200);
      expect(heapInUse() - before).toBeLessThan(MAY_GROW_BYTES);
      // It got somewhere: neither refused as a whole nor by one guard alone.
      const counts = Object.fromEntries(abuse.statuses);
      for (const status of [200, 400, 401, 403, 404, 409, 415])
        expect([status, (counts[status] ?? 0) >= Math.floor(COUNT / 400)]).toEqual([status, true]);
      expect(counts[429] ?? 0).toBeLessThan(COUNT / 10);
    },
    600_000 + COUNT * 100,
  );

  it('notices a change of what belongs to someone else', async () => {
    const [victim] = world.victims;
    await abuse.attempt(plain({}));
    await world.app.sql('UPDATE users SET full_name = full_name || $2 WHERE id = $1', [victim?.id, '!']);

    expect(await abuse.attempt(plain({}))).toEqual([
      `student-b has changed users of student-a ${victim?.id}`,
    ]);
    expect(await abuse.attempt(plain({}))).toEqual([]);
  });

  it('leaves the change of an own thing alone', async () => {
    const body = Buffer.from('{"time_zone":"Asia/Kathmandu"}');
    const headers = { 'content-type': 'application/json' };

    const request = plain({ method: 'PUT', target: '/api/v1/progress/time-zone', headers, body });

    expect(await abuse.attempt(request)).toEqual([]);
  });
});
