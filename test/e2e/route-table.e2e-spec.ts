import { readFileSync } from 'node:fs';
import { RequestMethod, type Type } from '@nestjs/common';
import { ModulesContainer, Reflector } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { IS_PUBLIC } from '../../src/common/http/decorators/public.decorator';
import { SCOPES, type Scope } from '../../src/common/domain/scopes';
import { REQUIRED_ROLE } from '../../src/common/http/decorators/require-role.decorator';
import { REQUIRED_SCOPE } from '../../src/common/http/decorators/require-scope.decorator';
import { UsersService } from '../../src/modules/users';
import { applicationToken } from '../support/application-token';
import { testConfig } from '../support/config';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { createHttpApp } from '../support/watched-app';

const TABLE = 'test/e2e/route-table.txt';

/** Every handler of every controller, with who may call it, and the scope that opens it to a connected application. */
function routesOf(app: NestFastifyApplication): string[] {
  const reflector = app.get(Reflector);
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [
    ...module.controllers.values(),
  ]);
  const routes = controllers.flatMap(({ metatype }) =>
    handlersOf(metatype as Type).map((handler) => routeOf(metatype as Type, handler)),
  );
  return [...new Set(routes)].toSorted();

  function routeOf(controller: Type, handler: (...args: never) => unknown): string {
    const method = RequestMethod[Reflect.getMetadata('method', handler) as RequestMethod];
    const path = [Reflect.getMetadata('path', controller), Reflect.getMetadata('path', handler)]
      .flat()
      .map((part) => String(part).replaceAll(/^\/|\/$/g, ''))
      .filter((part) => part !== '')
      .join('/');
    const isPublic = reflector.getAllAndOverride<boolean>(IS_PUBLIC, [handler, controller]);
    const role = reflector.getAllAndOverride<string>(REQUIRED_ROLE, [handler, controller]);
    if (isPublic) return `${method} /${path} public`;
    const scope = reflector.getAllAndOverride<Scope>(REQUIRED_SCOPE, [handler, controller]);
    return `${method} /${path} ${role ?? 'signed-in'} ${scope ?? 'no-application'}`;
  }
}

function handlersOf(controller: Type): ((...args: never) => unknown)[] {
  const prototype = controller.prototype as Record<string, (...args: never) => unknown>;
  return Object.getOwnPropertyNames(prototype)
    .map((name) => prototype[name])
    .filter((member) => typeof member === 'function')
    .filter((member) => Reflect.getMetadata('method', member) !== undefined);
}

describe('route table', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await createHttpApp(
      testConfig({ databaseUrl: database.url, env: { STRIPE_API_BASE: 'http://127.0.0.1:1' } }),
    );
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  it(`equals the committed ${TABLE}: a new or newly public route is a decision, not an accident`, () => {
    const committed = readFileSync(TABLE, 'utf8').trim().split('\n');

    expect(routesOf(app)).toEqual(committed);
  });

  const requestOf = (route: string) => {
    const [method, path] = route.split(' ') as ['GET' | 'POST' | 'PUT', string];
    return { method, url: path.replaceAll(/:\w+/g, 'x'), ...(method === 'GET' ? {} : { payload: {} }) };
  };
  const ask = async (route: string, token?: string) => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const answer = await app.inject({ ...requestOf(route), headers });
    return { status: answer.statusCode, code: answer.json<{ code?: string }>().code };
  };
  const register = async (name: string) => {
    const payload = { email: `${name}@example.test`, password: 'correct horse battery', full_name: 'Table' };
    const registered = await app.inject({ method: 'POST', url: '/api/v1/auth/register', payload });
    const { access_token: token, user } = registered.json<{ access_token: string; user: { id: string } }>();
    return { token, userId: user.id };
  };
  const closed = () => routesOf(app).filter((one) => !one.endsWith(' public'));

  it('answers 401 to strangers on every route that is not public', async () => {
    for (const route of closed()) {
      expect([route, (await ask(route)).status]).toEqual([route, 401]);
    }
  });

  it('answers 403 to students on every route of operators', async () => {
    const { token } = await register('student');
    const operators = closed().filter((one) => one.split(' ')[2] === 'operator');

    expect(operators.length).toBeGreaterThan(5);
    for (const route of operators) {
      expect([route, (await ask(route, token)).status]).toEqual([route, 403]);
    }
  });

  it.each(SCOPES)('opens to an application with %s exactly the routes that the table says', async (scope) => {
    // Of an operator, so that nothing but the scope can be missing.
    const { token: own, userId } = await register(`application-${SCOPES.indexOf(scope)}`);
    await app.get(UsersService, { strict: false }).setRole(userId, 'operator');
    const token = applicationToken(app, own, [scope]);
    const named = closed().filter((one) => one.endsWith(` ${scope}`));

    expect(named.length).toBeGreaterThan(0);
    for (const route of closed()) {
      const { code } = await ask(route, token);
      if (named.includes(route)) {
        expect([route, code]).not.toEqual([
          route,
          expect.stringMatching(/^(insufficient_scope|unauthenticated)$/),
        ]);
      } else {
        expect([route, code]).toEqual([route, 'insufficient_scope']);
      }
    }
  });
});
