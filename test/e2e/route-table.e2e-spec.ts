import { readFileSync } from 'node:fs';
import { RequestMethod, type Type } from '@nestjs/common';
import { ModulesContainer, Reflector } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { IS_PUBLIC } from '../../src/common/http/decorators/public.decorator';
import { REQUIRED_ROLE } from '../../src/common/http/decorators/require-role.decorator';
import { createHttpApp } from '../../src/http-app';
import { testConfig } from '../support/config';
import { createTestDatabase, type TestDatabase } from '../support/database';

const TABLE = 'test/e2e/route-table.txt';

/** Every handler of every controller, with who may call it. */
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
    return `${method} /${path} ${isPublic ? 'public' : (role ?? 'signed-in')}`;
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

  it('answers 401 to strangers on every route that is not public', async () => {
    for (const route of routesOf(app).filter((one) => !one.endsWith(' public'))) {
      expect([route, (await app.inject(requestOf(route))).statusCode]).toEqual([route, 401]);
    }
  });

  it('answers 403 to students on every route of operators', async () => {
    const payload = { email: 'table@example.test', password: 'correct horse battery', full_name: 'Table' };
    const registered = await app.inject({ method: 'POST', url: '/api/v1/auth/register', payload });
    const authorization = `Bearer ${registered.json<{ access_token: string }>().access_token}`;
    for (const route of routesOf(app).filter((one) => one.endsWith(' operator'))) {
      const answer = await app.inject({ ...requestOf(route), headers: { authorization } });
      expect([route, answer.statusCode]).toEqual([route, 403]);
    }
  });
});
