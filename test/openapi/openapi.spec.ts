import { readFileSync } from 'node:fs';
import type { AnySchema } from 'ajv';
import { SCOPES } from '../../src/common/domain/scopes';
import { TAG_GROUPS } from '../../src/openapi/tags';
import { newAjv } from '../support/openapi-schemas';

interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly security?: readonly Record<string, readonly string[]>[];
  readonly responses: Record<string, { content?: Record<string, Media> }>;
}

interface Media {
  readonly schema?: { readonly properties?: { readonly code?: { readonly enum: readonly string[] } } };
  readonly examples?: Record<string, { readonly $ref: string }>;
}

const document = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  tags: { name: string; description: string }[];
  components: {
    examples: Record<string, { value: { code: string; status: number } }>;
    securitySchemes: { oauth: { flows: { authorizationCode: { scopes: Record<string, string> } } } };
  };
};
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    name: `${method.toUpperCase()} ${path}`,
    operation,
  })),
);

function findSchemas(value: unknown, at = ''): { at: string; schema: unknown }[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const here = `${at}/${key}`;
    return key === 'schema' ? [{ at: here, schema: child }] : findSchemas(child, here);
  });
}

/** The lint of the committed document; `npm run openapi:check` proves that it is the document of this code. */
describe('docs/openapi.json', () => {
  it('is OpenAPI 3.1 and not empty', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(operations.length).toBeGreaterThan(15);
  });

  it('gives every operation a unique camelCase id', () => {
    const ids = operations.map(({ operation }) => operation.operationId ?? '');

    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) {
      expect(id).toMatch(/^[a-z][A-Za-z]+$/);
      expect(id).not.toMatch(/Controller/);
    }
  });

  it.each(operations)('$name describes its purpose, its audience and its errors', ({ operation }) => {
    expect(operation.summary?.length).toBeGreaterThan(5);
    expect(operation.description?.length).toBeGreaterThan(10);
    expect(operation.description?.length).toBeLessThan(300);
    expect(operation.tags).toHaveLength(1);
    expect(operation.responses['default']?.content).toHaveProperty(['application/problem+json']);
  });

  it.each(operations)('$name documents its success answer', ({ operation }) => {
    const [, success] = Object.entries(operation.responses).find(([status]) => status.startsWith('2')) ?? [];
    const [media] = Object.values(success?.content ?? {});

    expect(media?.schema).toBeDefined();
  });

  const PROBLEM = 'application/problem+json';
  /** Every code that an operation says it may answer with, and the status that it says it under. */
  const documented = operations.flatMap(({ name, operation }) =>
    Object.entries(operation.responses).flatMap(([status, { content }]) =>
      (content?.[PROBLEM]?.schema?.properties?.code?.enum ?? []).map((code) => ({ name, status, code })),
    ),
  );
  const table = new Map(
    [...readFileSync('docs/errors.md', 'utf8').matchAll(/^\| `(\w+)` \| (\d{3}) \|/gm)].map(
      ([, code = '', status = '']) => [code, status] as const,
    ),
  );
  // No operation of the document answers with these: they belong to pages, or to requests that reach no operation.
  const ELSEWHERE = [
    'billing_link_used',
    'checkout_not_found',
    'confirmation_required',
    'cross_site_form',
    'interaction_expired',
    'method_not_allowed',
    'not_found',
    'other_account',
    'sign_in_required',
  ];
  // The `default` answer documents these.
  const ANYWHERE = ['headers_too_large', 'request_timeout', 'uri_too_long'];

  it('lists the codes of docs/errors.md under their statuses', () => {
    expect(documented.length).toBeGreaterThan(100);
    expect(documented.filter(({ code, status }) => table.get(code) !== status)).toEqual([]);
  });

  it('omits only codes of docs/errors.md that no operation answers', () => {
    const codes = new Set(documented.map(({ code }) => code));

    expect([...table.keys()].filter((code) => !codes.has(code)).toSorted()).toEqual(
      [...ELSEWHERE, ...ANYWHERE].toSorted(),
    );
  });

  it('shows an example of every problem', () => {
    for (const { name, status, code } of documented) {
      const operation = operations.find((one) => one.name === name)?.operation;
      const example = operation?.responses[status]?.content?.[PROBLEM]?.examples?.[code];
      expect([name, example?.$ref]).toEqual([name, `#/components/examples/${code}`]);
      expect(document.components.examples[code]?.value).toMatchObject({ code, status: Number(status) });
    }
  });

  it('states what each operation requires: nothing, a user token, or an application token with one scope', () => {
    const allowed = ['', 'bearer', ...SCOPES.map((scope) => `bearer or oauth ${scope}`)];
    const told = operations.map(({ name, operation }) => ({
      name,
      security: operation.security?.map((one) => Object.entries(one).flat(2).join(' ')).join(' or '),
    }));

    expect(told.filter(({ security }) => security === undefined || !allowed.includes(security))).toEqual([]);
    expect(new Set(told.map(({ security }) => security)).size).toBe(allowed.length);
    expect(Object.keys(document.components.securitySchemes.oauth.flows.authorizationCode.scopes)).toEqual([
      ...SCOPES,
    ]);
  });

  it('contains no marks of our decorators', () => {
    expect(JSON.stringify(document.paths)).not.toMatch(/"x-/);
  });

  it('states the audience of every tag and uses every tag', () => {
    const known = TAG_GROUPS.flatMap(({ tags }) => Object.keys(tags));

    expect(document.tags.map(({ name }) => name)).toEqual(known);
    expect(new Set(operations.flatMap(({ operation }) => operation.tags))).toEqual(new Set(known));
  });

  it('contains no null, because values that do not apply are omitted', () => {
    expect(JSON.stringify(document)).not.toContain('"null"');
    expect(JSON.stringify(document)).not.toContain('"nullable":true');
  });

  it('is valid JSON Schema 2020-12 without unknown keywords', () => {
    const ajv = newAjv();
    ajv.addSchema({ $id: 'root', components: document.components }, 'root');
    const schemas = findSchemas(document.paths);
    const problems = schemas.flatMap(({ at, schema }) => {
      try {
        ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"root#/')) as AnySchema);
        return [];
      } catch (error) {
        return [`${at}: ${(error as Error).message}`];
      }
    });

    expect(schemas.length).toBeGreaterThan(60);
    expect(problems).toEqual([]);
  });
});
