import { RequestMethod, type Type } from '@nestjs/common';
import { ModulesContainer, Reflector } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { IS_PUBLIC } from '../../src/common/http/decorators/public.decorator';
import type { Scope } from '../../src/common/domain/scopes';
import { REQUIRED_ROLE } from '../../src/common/http/decorators/require-role.decorator';
import { REQUIRED_SCOPE } from '../../src/common/http/decorators/require-scope.decorator';

type Handler = (...args: never) => unknown;

export interface Route {
  readonly method: string;
  /** As Nest writes it: `/api/v1/chapters/:chapterId`. */
  readonly path: string;
  /** `public`, `signed-in`, or a role. */
  readonly audience: string;
  /** What opens it to a connected application; absent where none may go. */
  readonly scope: Scope | undefined;
}

/** Every handler of every controller, with who may call it; found by reflection, so nothing can be forgotten. */
export function findRoutes(app: NestFastifyApplication): Route[] {
  const reflector = app.get(Reflector);
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [
    ...module.controllers.values(),
  ]);
  const routes = controllers.flatMap(({ metatype }) =>
    handlersOf(metatype as Type).map((handler) => routeOf(metatype as Type, handler)),
  );
  const byName = new Map(routes.map((route) => [`${route.method} ${route.path} ${route.audience}`, route]));
  return [...byName].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, route]) => route);

  function routeOf(controller: Type, handler: Handler): Route {
    const path = [Reflect.getMetadata('path', controller), Reflect.getMetadata('path', handler)]
      .flat()
      .map((part) => String(part).replaceAll(/^\/|\/$/g, ''))
      .filter((part) => part !== '')
      .join('/');
    const isPublic = reflector.getAllAndOverride<boolean>(IS_PUBLIC, [handler, controller]);
    const role = reflector.getAllAndOverride<string>(REQUIRED_ROLE, [handler, controller]);
    return {
      method: RequestMethod[Reflect.getMetadata('method', handler) as RequestMethod],
      path: `/${path}`,
      audience: isPublic ? 'public' : (role ?? 'signed-in'),
      scope: reflector.getAllAndOverride<Scope>(REQUIRED_SCOPE, [handler, controller]),
    };
  }
}

function handlersOf(controller: Type): Handler[] {
  const prototype = controller.prototype as Record<string, Handler>;
  return Object.getOwnPropertyNames(prototype)
    .map((name) => prototype[name])
    .filter((member) => typeof member === 'function')
    .filter((member) => Reflect.getMetadata('method', member) !== undefined);
}
