import { createHmac, randomUUID, sign, type KeyObject } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Get } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { ClockModule } from 'src/clock/clock.module';
import type { Principal } from 'src/common/domain/principal';
import { SCOPES } from 'src/common/domain/scopes';
import { CurrentUser } from 'src/common/http/decorators/current-user.decorator';
import { Public } from 'src/common/http/decorators/public.decorator';
import { RequireRole } from 'src/common/http/decorators/require-role.decorator';
import { RequireScope } from 'src/common/http/decorators/require-scope.decorator';
import { ProblemDetailsFilter } from 'src/common/http/problem-details.filter';
import { AuthConfig, loadConfig } from 'src/config/app-config';
import { ConfigModule } from 'src/config/config.module';
import { DatabaseModule } from 'src/database/database.module';
import { generateSigningKey } from 'src/cli/keys/generate-signing-key';
import { AccessTokensService } from 'src/modules/auth/access-tokens.service';
import { AuthModule } from 'src/modules/auth/auth.module';
import { SessionsRepository } from 'src/modules/auth/persistence/sessions.repository';
import { SessionsService } from 'src/modules/auth/sessions.service';
import { SigningKeys } from 'src/modules/auth/signing-keys';
import { UsersModule, UsersService } from 'src/modules/users';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database';

@Controller('probe')
class ProbeController {
  @Get('unmarked')
  unmarked(@CurrentUser() principal: Principal): Principal {
    return principal;
  }

  @Get('public')
  @Public()
  open(): { ok: true } {
    return { ok: true };
  }

  @Get('operators')
  @RequireRole('operator')
  operators(): { ok: true } {
    return { ok: true };
  }

  @Get('scoped')
  @RequireScope('subscription:write')
  scoped(): { ok: true } {
    return { ok: true };
  }

  @Get('contradiction')
  @Public()
  @RequireRole('operator')
  contradiction(): { ok: true } {
    return { ok: true };
  }
}

type Json = Record<string, unknown>;
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('the guards', () => {
  const stranger = generateSigningKey();
  let testDatabase: TestDatabase;
  let app: NestFastifyApplication;
  let config: AuthConfig;
  let keys: SigningKeys;
  let principal: Principal;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    const settings = loadConfig({
      PUBLIC_URL: 'http://localhost:3000',
      DATABASE_URL: testDatabase.url,
      AUTH_SIGNING_KEYS: JSON.stringify({ keys: [generateSigningKey(), generateSigningKey()] }),
      STRIPE_SECRET_KEY: 'sk_test_guards',
      STRIPE_PUBLISHABLE_KEY: 'pk_test_guards',
      STRIPE_WEBHOOK_SECRET: 'whsec_guards_guards',
      STRIPE_PREMIUM_PRICE_ID: 'price_guards',
    });
    const module = await Test.createTestingModule({
      imports: [ConfigModule.register(settings), ClockModule, DatabaseModule, UsersModule, AuthModule],
      controllers: [ProbeController],
      providers: [{ provide: APP_FILTER, useClass: ProblemDetailsFilter }],
    }).compile();
    app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
    await app.init();
    config = settings.auth;
    keys = app.get(SigningKeys);
    const user = await app
      .get(UsersService)
      .create({ email: `${randomUUID()}@example.com`, fullName: 'Ada' });
    const { sessionId } = await app.get(SessionsService).open(user.id);
    principal = { userId: user.id, role: 'student', sessionId };
  });

  afterAll(async () => {
    await app?.close();
    await testDatabase?.drop();
  });

  const now = () => Math.floor(Date.now() / 1000);
  const goodHeader = (): Json => ({ alg: 'ES256', typ: 'at+jwt', kid: keys.current.kid });
  const goodClaims = (): Json => ({
    iss: config.issuer,
    aud: config.audience,
    sub: principal.userId,
    sid: principal.sessionId,
    role: 'student',
    jti: randomUUID(),
    iat: now(),
    exp: now() + 60,
  });

  interface Forgery {
    readonly header?: Json;
    readonly claims?: Json;
    readonly key?: KeyObject;
  }

  function forge({ header = {}, claims = {}, key = keys.current.privateKey }: Forgery): string {
    const input = `${encode({ ...goodHeader(), ...header })}.${encode({ ...goodClaims(), ...claims })}`;
    const signature = sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' });
    return `${input}.${signature.toString('base64url')}`;
  }

  async function get(path: string, token?: string) {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const answer = await app.inject({ method: 'GET', url: `/probe/${path}`, headers });
    return { status: answer.statusCode, body: answer.json<Json>(), headers: answer.headers };
  }

  it('lets in a token that the service issued', async () => {
    const { token } = app.get(AccessTokensService).issue(principal);

    await expect(get('unmarked', token)).resolves.toMatchObject({ status: 200, body: principal });
  });

  it('lets in the hand-made token that every forgery below starts from', async () => {
    await expect(get('unmarked', forge({}))).resolves.toMatchObject({ status: 200 });
  });

  describe('with a token that was verified before', () => {
    it('verifies its signature once, and reads the session every time', async () => {
      const token = forge({});
      const read = jest.spyOn(app.get(SessionsRepository), 'findActiveRole');
      const findKey = jest.spyOn(keys, 'findPublicKey');

      for (let n = 0; n < 3; n++)
        await expect(get('unmarked', token)).resolves.toMatchObject({ status: 200, body: principal });

      expect([findKey, read].map(({ mock }) => mock.calls.length)).toEqual([1, 3]);
      jest.restoreAllMocks();
    });

    it('rejects it from the first request after its session was revoked', async () => {
      const { sessionId: sid } = await app.get(SessionsService).open(principal.userId);
      const token = forge({ claims: { sid } });
      await expect(get('unmarked', token)).resolves.toMatchObject({ status: 200 });

      await app.get(SessionsRepository).revoke(sid, 'logout');

      const { status, body } = await get('unmarked', token);
      expect([status, body.code]).toEqual([401, 'unauthenticated']);
    });

    it('rejects it when it has expired', async () => {
      const token = forge({ claims: { exp: now() + 1 } });
      await get('unmarked', token);

      await sleep(2100);

      await expect(get('unmarked', token)).resolves.toMatchObject({ status: 401 });
    });

    it('rejects other claims under its signature', async () => {
      const token = forge({});
      await expect(get('unmarked', token)).resolves.toMatchObject({ status: 200 });

      const changed = token.replace(/\.[^.]+\./, `.${encode({ ...goodClaims(), jti: 'other' })}.`);

      await expect(get('unmarked', changed)).resolves.toMatchObject({ status: 401 });
    });
  });

  it('closes a route that says nothing about access', async () => {
    const { status, body, headers } = await get('unmarked');

    expect(status).toBe(401);
    expect(body).toMatchObject({ code: 'unauthenticated', status: 401, instance: '/probe/unmarked' });
    expect(headers).toMatchObject({
      'content-type': expect.stringContaining('application/problem+json'),
      'www-authenticate': expect.stringContaining('Bearer'),
    });
  });

  it('opens a public route to everyone, with any token', async () => {
    await expect(get('public')).resolves.toMatchObject({ status: 200 });
    await expect(get('public', 'rubbish')).resolves.toMatchObject({ status: 200 });
  });

  const otherKey = () => new SigningKeys({ ...config, signingKeys: [stranger] }).current.privateKey;
  const unsigned = (header: Json) => `${encode({ ...goodHeader(), ...header })}.${encode(goodClaims())}.`;
  function signedWithPublicKey(alg: string): string {
    const input = `${encode({ ...goodHeader(), alg })}.${encode(goodClaims())}`;
    const publicKey = keys.findPublicKey(keys.current.kid);
    const secret = publicKey?.export({ type: 'spki', format: 'pem' }) ?? '';
    return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
  }

  it.each<[string, () => string]>([
    ['alg none', () => unsigned({ alg: 'none' })],
    ['no signature under ES256', () => unsigned({})],
    ['HS256 with the public key as its secret', () => signedWithPublicKey('HS256')],
    ['another algorithm in the header', () => forge({ header: { alg: 'ES384' } })],
    ['an unknown kid', () => forge({ header: { kid: 'unknown' } })],
    ['a kid that walks to a file', () => forge({ header: { kid: '../../../../dev/null' } })],
    ['no kid', () => forge({ header: { kid: undefined } })],
    ['the kid of our other key', () => forge({ header: { kid: keys.listPublic()[1]?.kid } })],
    ['a stranger’s key under our kid', () => forge({ key: otherKey() })],
    ['the type of an ID token', () => forge({ header: { typ: 'JWT' } })],
    ['no type', () => forge({ header: { typ: undefined } })],
    ['another audience', () => forge({ claims: { aud: 'https://elsewhere.example/api' } })],
    ['no audience', () => forge({ claims: { aud: undefined } })],
    ['another issuer', () => forge({ claims: { iss: 'https://elsewhere.example' } })],
    ['no issuer', () => forge({ claims: { iss: undefined } })],
    ['an expiry in the past', () => forge({ claims: { exp: now() - 1 } })],
    ['no expiry', () => forge({ claims: { exp: undefined } })],
    ['a beginning in the future', () => forge({ claims: { nbf: now() + 60 } })],
    ['no subject', () => forge({ claims: { sub: undefined } })],
    ['a subject that is no id', () => forge({ claims: { sub: `' OR 1=1 --` } })],
    ['the subject of somebody else', () => forge({ claims: { sub: randomUUID() } })],
    ['a sign-in that does not exist', () => forge({ claims: { sid: randomUUID() } })],
    ['no sign-in', () => forge({ claims: { sid: undefined } })],
    [
      'claims that were changed after signing',
      () => forge({}).replace(/\.[^.]+\./, `.${encode({ ...goodClaims(), exp: now() + 999 })}.`),
    ],
    ['rubbish', () => 'rubbish'],
    ['two dots', () => '..'],
  ])('refuses a token with %s', async (_, make) => {
    const { status, body } = await get('unmarked', make());

    expect([status, body.code]).toEqual([401, 'unauthenticated']);
  });

  it('says so when the token has merely expired', async () => {
    const { body } = await get('unmarked', forge({ claims: { exp: now() - 1 } }));

    expect(body.detail).toMatch(/expired/);
  });

  it('believes the role in the database, not the one in the token', async () => {
    const token = forge({ claims: { role: 'operator' } });

    await expect(get('operators', token)).resolves.toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    });
  });

  it('applies a changed role to the very next request, both ways', async () => {
    const { token } = app.get(AccessTokensService).issue(principal);
    const users = app.get(UsersService);

    await users.setRole(principal.userId, 'operator');
    await expect(get('operators', token)).resolves.toMatchObject({ status: 200 });
    await users.setRole(principal.userId, 'student');

    await expect(get('operators', token)).resolves.toMatchObject({ status: 403 });
  });

  it('asks for a token before it asks for a role', async () => {
    await expect(get('operators')).resolves.toMatchObject({ status: 401 });
  });

  it('keeps a route closed that is marked public and for a role by mistake', async () => {
    await expect(get('contradiction')).resolves.toMatchObject({ status: 401 });
  });

  describe('of a connected application', () => {
    const ofApplication = (scope?: string) => forge({ claims: { client_id: 'chatgpt-actions', scope } });

    it('opens a route whose scope it was granted', async () => {
      const { status } = await get('scoped', ofApplication('chapters:read subscription:write'));

      expect(status).toBe(200);
    });

    it.each([['chapters:read'], ['subscription:read'], ['subscription:writer'], [''], [undefined]])(
      'refuses a route whose scope is not among %j, and says which is missing',
      async (scope) => {
        const { status, body, headers } = await get('scoped', ofApplication(scope));

        expect(status).toBe(403);
        expect(body).toMatchObject({ code: 'insufficient_scope', required_scope: 'subscription:write' });
        expect(headers['www-authenticate']).toBe(
          'Bearer error="insufficient_scope", scope="subscription:write"',
        );
      },
    );

    it('keeps applications out of routes that name no scope', async () => {
      const { status, body } = await get('unmarked', ofApplication(SCOPES.join(' ')));

      expect([status, body.code]).toEqual([403, 'insufficient_scope']);
      expect(body).not.toHaveProperty('required_scope');
    });

    it('needs the scope besides the role of its user', async () => {
      const users = app.get(UsersService);
      await users.setRole(principal.userId, 'operator');
      const answers = [
        await get('operators', ofApplication('chapters:read')),
        await get('operators', ofApplication('operator')),
      ];
      await users.setRole(principal.userId, 'student');
      answers.push(await get('operators', ofApplication('operator')));

      expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
        [403, 'insufficient_scope'],
        [200, undefined],
        [403, 'forbidden'],
      ]);
    });
  });

  it('answers 503, not 401, when the database cannot tell whether the session is alive', async () => {
    const { token } = app.get(AccessTokensService).issue(principal);
    const outage = Object.assign(new Error('the database is unavailable'), { code: 'ECONNREFUSED' });

    const read = jest.spyOn(app.get(SessionsRepository), 'findActiveRole').mockRejectedValueOnce(outage);

    const { status, body, headers } = await get('unmarked', token);

    expect(read).toHaveBeenCalledTimes(1);
    expect([status, body.code]).toEqual([503, 'service_unavailable']);
    expect(headers['retry-after']).toBeDefined();
  });
});
