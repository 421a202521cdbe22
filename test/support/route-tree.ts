import type { NestFastifyApplication } from '@nestjs/platform-fastify';

const LINE = /^(?<indent>(?:[│ ] {3})*)[├└]── (?<name>.*?)(?: \((?<methods>[A-Z, ]+)\))?$/u;

/** Every path that the router knows, Fastify's own routes included; parameters and wildcards as they were registered. */
export function routedPaths(app: NestFastifyApplication): string[] {
  const tree = app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false });
  const names: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const { indent, name, methods } = LINE.exec(line)?.groups ?? {};
    if (indent === undefined || name === undefined) return [];
    names.length = indent.length / 4;
    names.push(name);
    return methods === undefined ? [] : [names.join('')];
  });
}
