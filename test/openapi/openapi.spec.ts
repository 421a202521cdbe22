import { readFileSync } from 'node:fs';

interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly security?: readonly unknown[];
  readonly responses: Record<string, { content?: Record<string, { schema?: unknown }> }>;
}

const document = JSON.parse(readFileSync('openapi.json', 'utf8')) as {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
};
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    name: `${method.toUpperCase()} ${path}`,
    operation,
  })),
);

/** The lint of the committed document; `npm run openapi:check` proves that it is the document of this code. */
describe('openapi.json', () => {
  it('is OpenAPI 3.1 and describes something', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(operations.length).toBeGreaterThan(15);
  });

  it('names every operation once, in camelCase, by hand', () => {
    const ids = operations.map(({ operation }) => operation.operationId ?? '');

    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) {
      expect(id).toMatch(/^[a-z][A-Za-z]+$/);
      expect(id).not.toMatch(/Controller/);
    }
  });

  it.each(operations)('$name says what it does, to whom it belongs and how it fails', ({ operation }) => {
    expect(operation.summary?.length).toBeGreaterThan(5);
    expect(operation.description?.length).toBeGreaterThan(10);
    expect(operation.description?.length).toBeLessThan(300);
    expect(operation.tags).toHaveLength(1);
    expect(operation.responses['default']?.content).toHaveProperty(['application/problem+json']);
  });

  it.each(operations)('$name documents the shape of its success', ({ operation }) => {
    const [, success] = Object.entries(operation.responses).find(([status]) => status.startsWith('2')) ?? [];
    const [media] = Object.values(success?.content ?? {});

    expect(media?.schema).toBeDefined();
  });

  it('knows no null: what does not apply is left out', () => {
    expect(JSON.stringify(document)).not.toContain('"null"');
    expect(JSON.stringify(document)).not.toContain('"nullable":true');
  });
});
