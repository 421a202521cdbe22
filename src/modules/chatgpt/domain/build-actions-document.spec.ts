import { ACTIONS } from './actions';
import { narrowBody, toActionsSchema } from './actions-schema';
import {
  buildActionsDocument,
  withPublicUrl,
  type ApiDocument,
  type ApiOperation,
} from './build-actions-document';

const OPTIONS = {
  publicUrl: 'https://course.example.org',
  scopeMeanings: { 'chapters:read': 'Read', operator: 'All' },
};

function anOperation(operationId: string, overrides: Partial<ApiOperation> = {}): ApiOperation {
  const members = [
    ...(ACTIONS[operationId]?.withoutBody ?? []),
    ...(ACTIONS[operationId]?.requiredBody ?? []),
  ];
  const properties = Object.fromEntries(members.map((name) => [name, { type: 'string' }]));
  return {
    operationId,
    security: [{ bearer: [] }, { oauth: ['chapters:read'] }],
    ...(members.length === 0
      ? {}
      : { requestBody: { content: { 'application/json': { schema: { type: 'object', properties } } } } }),
    responses: { 200: { description: 'Fine' }, 304: { description: 'Old' }, 500: { description: 'A bug' } },
    ...overrides,
  };
}

function anApi(overrides: Readonly<Record<string, Partial<ApiOperation> | undefined>> = {}): ApiDocument {
  const ids = [...Object.keys(ACTIONS), 'login'].filter(
    (id) => !(id in overrides) || overrides[id] !== undefined,
  );
  return {
    paths: Object.fromEntries(ids.map((id) => [`/${id}`, { get: anOperation(id, overrides[id]) }])),
    components: { schemas: { Problem: { type: 'object' } } },
  };
}

describe('buildActionsDocument', () => {
  it('contains only the allow-list', () => {
    const { paths } = buildActionsDocument(anApi(), OPTIONS);

    expect(Object.keys(paths as object)).toEqual(Object.keys(ACTIONS).map((id) => `/${id}`));
  });

  it('leaves out answers that tell ChatGPT nothing', () => {
    const { paths } = buildActionsDocument(anApi(), OPTIONS) as {
      paths: Record<string, { get: { responses: object } }>;
    };

    expect(Object.keys(paths['/getCourse']?.get.responses ?? {})).toEqual(['200']);
  });

  it('offers the scopes that its operations need, at the addresses of the server', () => {
    const { servers, components } = buildActionsDocument(anApi(), OPTIONS);

    expect(servers).toEqual([{ url: 'https://course.example.org' }]);
    expect(components).toMatchObject({
      securitySchemes: {
        oauth: {
          flows: {
            authorizationCode: {
              authorizationUrl: 'https://course.example.org/oauth/authorize',
              tokenUrl: 'https://course.example.org/oauth/token',
              scopes: { 'chapters:read': 'Read' },
            },
          },
        },
      },
    });
    expect(JSON.stringify(components)).not.toContain('operator');
  });

  it('refuses an allow-list with an unknown operation', () => {
    expect(() => buildActionsDocument(anApi({ getQuiz: undefined }), OPTIONS)).toThrow(
      'getQuiz is in the allow-list',
    );
  });

  it('refuses an operation that no application may call', () => {
    const api = anApi({ getQuiz: { security: [{ bearer: [] }] } });

    expect(() => buildActionsDocument(api, OPTIONS)).toThrow(
      'getQuiz is in the allow-list but no application may call it',
    );
  });
});

describe('withPublicUrl', () => {
  it('changes the addresses and nothing else', () => {
    const document = buildActionsDocument(anApi(), OPTIONS);

    const moved = withPublicUrl(document, 'http://127.0.0.1:3000');

    const text = JSON.stringify(document).replaceAll('https://course.example.org', 'http://127.0.0.1:3000');
    expect(moved).toEqual(JSON.parse(text));
  });
});

describe('toActionsSchema', () => {
  it.each([
    [{ const: 'pending' }, { enum: ['pending'] }],
    [
      { type: 'string', format: 'date-time', pattern: '^x$' },
      { type: 'string', format: 'date-time' },
    ],
    [
      { type: 'string', pattern: '^x$' },
      { type: 'string', pattern: '^x$' },
    ],
    [
      { type: 'array', items: { properties: { a: { const: 1 } } } },
      { type: 'array', items: { properties: { a: { enum: [1] } } } },
    ],
  ])('turns %j into %j', (schema, expected) => {
    expect(toActionsSchema(schema)).toEqual(expected);
  });
});

describe('narrowBody', () => {
  const schema = {
    type: 'object',
    properties: { a: { type: 'string' }, b: { type: 'string' } },
    required: ['a'],
  };

  it('drops members and demands others', () => {
    expect(narrowBody(schema, { without: [], required: ['b'] })).toEqual({ ...schema, required: ['a', 'b'] });
    expect(narrowBody({ ...schema, required: [] }, { without: ['b'], required: [] })['properties']).toEqual({
      a: { type: 'string' },
    });
  });

  it('refuses a name that the body does not have', () => {
    expect(() => narrowBody(schema, { without: ['c'], required: [] })).toThrow('no member c');
  });
});
