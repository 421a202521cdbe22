import type { Action } from './action';
import { ACTIONS } from './actions';
import { isObject, narrowBody, toActionsSchema, type Json, type JsonObject } from './actions-schema';

/** The parts of the OpenAPI document that are used here. */
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, ApiOperation>>>>;
  readonly components: { readonly schemas: { readonly Problem: Json } };
}

export interface ApiOperation {
  readonly operationId: string;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly ApiParameter[];
  readonly requestBody?: {
    readonly required?: boolean;
    readonly content: Readonly<Record<string, ApiMedia>>;
  };
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly content?: Readonly<Record<string, ApiMedia>> }>
  >;
}

interface ApiParameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: Json;
  readonly example?: Json;
}

interface ApiMedia {
  readonly schema?: Json;
  readonly example?: Json;
}

const JSON_TYPE = 'application/json';
// Errors that a correct caller never gets, or cannot do anything about.
const UNTOLD_STATUSES = ['304', '413', '415', '500', 'default'];
const OAUTH = 'oauth';

export interface ActionsOptions {
  /** The origin that ChatGPT calls, without a trailing slash. */
  readonly publicUrl: string;
  /** A description of each scope. */
  readonly scopeMeanings: Readonly<Record<string, string>>;
}

/**
 * The document that a custom GPT imports: only the operations of the allow-list, in the subset of OpenAPI 3.1 that the importer
 * accepts. Throws when the allow-list has an operation that does not exist or that no application may call.
 */
export function buildActionsDocument(api: ApiDocument, options: ActionsOptions): JsonObject {
  const found = new Map(
    Object.entries(api.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(
        ([method, operation]) => [operation.operationId, { path, method, operation }] as const,
      ),
    ),
  );
  const paths: Record<string, Record<string, Json>> = {};
  const scopes = new Set<string>();
  for (const [operationId, action] of Object.entries(ACTIONS)) {
    const place = found.get(operationId);
    if (place === undefined) throw new Error(`${operationId} is in the allow-list but not in the API`);
    const scope = scopeOf(place.operation);
    if (scope !== undefined) scopes.add(scope);
    paths[place.path] = {
      ...paths[place.path],
      [place.method]: toActionsOperation(place.operation, action, scope),
    };
  }
  const meanings = Object.entries(options.scopeMeanings).filter(([scope]) => scopes.has(scope));
  return {
    openapi: '3.1.0',
    info: {
      title: 'Course Companion',
      description:
        'A course with sections, quizzes and progress of the signed-in student, and a premium subscription.',
      version: '1',
    },
    servers: [{ url: options.publicUrl }],
    paths,
    components: {
      schemas: { Problem: api.components.schemas.Problem },
      securitySchemes: { [OAUTH]: oauthScheme(options.publicUrl, Object.fromEntries(meanings)) },
    },
  };
}

/** The same document with another public URL. */
export function withPublicUrl(document: JsonObject, publicUrl: string): JsonObject {
  const components = document['components'] as { readonly securitySchemes: Record<string, JsonObject> };
  const flows = components.securitySchemes[OAUTH]?.['flows'] as { authorizationCode: { scopes: JsonObject } };
  return {
    ...document,
    servers: [{ url: publicUrl }],
    components: {
      ...components,
      securitySchemes: { [OAUTH]: oauthScheme(publicUrl, flows.authorizationCode.scopes) },
    },
  };
}

function oauthScheme(publicUrl: string, scopes: JsonObject): JsonObject {
  const token = `${publicUrl}/oauth/token`;
  return {
    type: 'oauth2',
    flows: {
      authorizationCode: {
        authorizationUrl: `${publicUrl}/oauth/authorize`,
        tokenUrl: token,
        refreshUrl: token,
        scopes,
      },
    },
  };
}

/** Undefined for an operation that needs no sign-in. */
function scopeOf({ operationId, security }: ApiOperation): string | undefined {
  const scope = security?.flatMap((one) => one[OAUTH] ?? [])[0];
  if (scope === undefined && security?.length !== 0)
    throw new Error(`${operationId} is in the allow-list but no application may call it`);
  return scope;
}

function toActionsOperation(operation: ApiOperation, action: Action, scope: string | undefined): JsonObject {
  const { parameters = [], requestBody } = operation;
  return {
    operationId: operation.operationId,
    summary: action.summary,
    description: action.description,
    'x-openai-isConsequential': action.consequential,
    security: scope === undefined ? [] : [{ [OAUTH]: [scope] }],
    ...(parameters.length === 0 ? {} : { parameters: parameters.map((one) => toParameter(one, action)) }),
    ...(requestBody === undefined ? {} : { requestBody: toBody(requestBody, action) }),
    responses: toResponses(operation),
  };
}

function toParameter(parameter: ApiParameter, { parameters = {} }: Action): JsonObject {
  const { name, in: place, required = false, schema, example } = parameter;
  return {
    name,
    in: place,
    required,
    description: parameters[name] ?? parameter.description ?? '',
    schema: toActionsSchema(schema),
    ...(example === undefined ? {} : { example }),
  };
}

function toBody(body: NonNullable<ApiOperation['requestBody']>, action: Action): JsonObject {
  const { schema = {}, example } = body.content[JSON_TYPE] ?? {};
  const { withoutBody: without = [], requiredBody: required = [] } = action;
  const narrowed = narrowBody(isObject(schema) ? schema : {}, { without, required });
  return {
    required:
      body.required === true && ((narrowed['required'] as readonly string[] | undefined) ?? []).length > 0,
    content: {
      [JSON_TYPE]: { schema: toActionsSchema(narrowed), ...(example === undefined ? {} : { example }) },
    },
  };
}

function toResponses({ responses }: ApiOperation): JsonObject {
  const told = Object.entries(responses).filter(([status]) => !UNTOLD_STATUSES.includes(status));
  return Object.fromEntries(
    told.map(([status, { description, content = {} }]): [string, Json] => [
      status,
      status.startsWith('2')
        ? { description, content: { [JSON_TYPE]: toMedia(content[JSON_TYPE] ?? {}) } }
        : { description, content: { 'application/problem+json': { schema: PROBLEM } } },
    ]),
  );
}

const PROBLEM = { $ref: '#/components/schemas/Problem' };

const toMedia = ({ schema = {}, example }: ApiMedia): JsonObject => ({
  schema: toActionsSchema(schema),
  ...(example === undefined ? {} : { example }),
});
