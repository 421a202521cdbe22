import { readFileSync } from 'node:fs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { HTTPMethods } from 'fastify';
import { SCOPES } from '../../src/common/domain/scopes';
import { UsersService } from '../../src/modules/users';
import { applicationToken } from '../support/application-token';
import { testConfig } from '../support/config';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { OUTSIDE_THE_DOCUMENT, pathPattern } from '../support/openapi-routes';
import { readDocument } from '../support/openapi-validator';
import { findRoutes, type Route } from '../support/routes';
import { createHttpApp } from '../support/watched-app';

const TABLE = 'test/e2e/route-table.txt';

const lineOf = ({ method, path, audience, scope }: Route) =>
  [method, path, audience, ...(audience === 'public' ? [] : [scope ?? 'no-application'])].join(' ');
const routesOf = (app: NestFastifyApplication) => findRoutes(app).map(lineOf);

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

  it(`equals the committed ${TABLE}, so that a new or newly public route is a decision`, () => {
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

  it('answers 401 without a token on every route that is not public', async () => {
    for (const route of closed()) {
      expect([route, (await ask(route)).status]).toEqual([route, 401]);
    }
  });

  it('answers 403 to students on every operator route', async () => {
    const { token } = await register('student');
    const operators = closed().filter((one) => one.split(' ')[2] === 'operator');

    expect(operators.length).toBeGreaterThan(5);
    for (const route of operators) {
      expect([route, (await ask(route, token)).status]).toEqual([route, 403]);
    }
  });

  it.each(SCOPES)('opens exactly the listed routes to an application with %s', async (scope) => {
    // The user is an operator, so that only the scope can be missing.
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

  describe('and openapi.json', () => {
    const document = readDocument();
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        name: `${method.toUpperCase()} ${path}`,
        path,
        method: method.toUpperCase() as HTTPMethods,
        operation,
      })),
    );
    const isListed = (path: string) => OUTSIDE_THE_DOCUMENT.some((one) => pathPattern(one.path).test(path));
    const templateOf = (path: string) => path.replaceAll(/:(\w+)/g, '{$1}');
    const documented = () => findRoutes(app).filter(({ path }) => !isListed(path));

    it('list the same endpoints, except for the pages that are listed as excluded', () => {
      const routed = documented().map(({ method, path }) => `${method} ${templateOf(path)}`);

      expect(operations.map(({ name }) => name).toSorted()).toEqual(routed.toSorted());
    });

    it('exclude no API route', () => {
      const routed = findRoutes(app).map(({ path }) => path);

      expect(routed.filter((path) => path.startsWith('/api/') && isListed(path))).toEqual([]);
      expect(OUTSIDE_THE_DOCUMENT.filter(({ path }) => path.startsWith('/api'))).toEqual([]);
    });

    it('match the routes of the server', () => {
      const server = app.getHttpAdapter().getInstance();
      const missing = operations.filter(
        ({ method, path }) => !server.hasRoute({ method, url: path.replaceAll(/\{(\w+)\}/g, ':$1') }),
      );

      expect(missing).toEqual([]);
    });

    it('list the same path parameters', () => {
      for (const { name, path, operation } of operations) {
        const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
        const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);

        expect([name, inPath.map((parameter) => parameter.name).toSorted()]).toEqual([
          name,
          names.toSorted(),
        ]);
        expect(inPath.filter(({ required }) => required !== true)).toEqual([]);
      }
    });

    it('require a token for the same routes', () => {
      const open = operations.filter(
        ({ operation }) => (operation.security ?? document.security).length === 0,
      );
      const publicRoutes = documented().filter(({ audience }) => audience === 'public');

      expect(open.map(({ name }) => name).toSorted()).toEqual(
        publicRoutes.map(({ method, path }) => `${method} ${templateOf(path)}`).toSorted(),
      );
    });
  });
});
