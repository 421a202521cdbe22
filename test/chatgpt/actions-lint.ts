import { SchemaSet, type OpenApiDocument, type Schema } from '../support/openapi-schemas';

// What ChatGPT's importer and runtime are known to refuse; sources in the table of chatgpt/README.md.

export const MOST_OPERATIONS = 30;
export const LONGEST_DESCRIPTION = 299;
export const LONGEST_PARAMETER_DESCRIPTION = 700;
export const MOST_CHARACTERS = 99_999;

type Json = Record<string, unknown>;
/** Adds a problem when the statement does not hold. */
type Report = (holds: boolean, problem: string) => void;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const objectOf = (value: unknown): Json => (isObject(value) ? value : {});
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

interface Place {
  readonly name: string;
  readonly method: string;
  readonly operation: Json;
}

function placesOf(document: Json): Place[] {
  return Object.entries(objectOf(document['paths'])).flatMap(([path, methods]) =>
    Object.entries(objectOf(methods)).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      method,
      operation: objectOf(operation),
    })),
  );
}

/** Every rule by its name. A rule reports as often as it is broken. */
export const RULES = {
  'is OpenAPI 3.1.0 or 3.1.1': (document, report) =>
    report(['3.1.0', '3.1.1'].includes(String(document['openapi'])), String(document['openapi'])),

  'has one absolute lower-case https server without a port': (document, report) => {
    const servers = listOf(document['servers']).map((server) => String(objectOf(server)['url']));
    report(servers.length === 1, `${servers.length} servers`);
    for (const url of servers) report(/^https:\/\/[a-z0-9.-]+(\/[a-z0-9/._-]*[^/])?$/.test(url), url);
  },

  'has one to thirty operations': (document, report) => {
    const { length } = placesOf(document);
    report(length >= 1 && length <= MOST_OPERATIONS, `${length} operations`);
  },

  'is small enough to be read in one answer': (document, report) => {
    const { length } = JSON.stringify(document);
    report(length <= MOST_CHARACTERS, `${length} characters`);
  },

  'names every operation once, as a tool can be named': (document, report) => {
    const ids = placesOf(document).map(({ operation }) => String(operation['operationId']));
    for (const id of ids) report(/^[a-z][A-Za-z0-9]{2,63}$/.test(id), id);
    for (const id of new Set(ids))
      report(ids.filter((one) => one === id).length === 1, `${id} is there twice`);
  },

  'describes every operation in less than 300 characters': eachOperation(({ name, operation }, report) => {
    for (const member of ['summary', 'description']) {
      const text = String(operation[member] ?? '');
      report(text.length > 0 && text.length <= LONGEST_DESCRIPTION, `${name}: ${member} has ${text.length}`);
    }
  }),

  'describes every parameter in at most 700 characters': eachOperation(({ name, operation }, report) => {
    for (const parameter of listOf(operation['parameters']).map(objectOf)) {
      const text = String(parameter['description'] ?? '');
      report(
        text.length > 0 && text.length <= LONGEST_PARAMETER_DESCRIPTION,
        `${name}: ${String(parameter['name'])} has ${text.length}`,
      );
    }
  }),

  'has parameters in path and query only': eachOperation(({ name, operation }, report) => {
    for (const parameter of listOf(operation['parameters']).map(objectOf)) {
      report(['path', 'query'].includes(String(parameter['in'])), `${name}: ${String(parameter['name'])}`);
    }
  }),

  'says of every operation whether it is consequential': eachOperation(({ name, operation }, report) =>
    report(typeof operation['x-openai-isConsequential'] === 'boolean', name),
  ),

  'answers with JSON and never with a redirect': eachOperation(({ name, operation }, report) => {
    for (const [status, response] of Object.entries(objectOf(operation['responses']))) {
      report(!status.startsWith('3'), `${name}: ${status}`);
      const media = Object.keys(objectOf(objectOf(response)['content']));
      report(media.length > 0, `${name}: ${status} has no content`);
      for (const type of media) report(/^application\/([a-z.-]+\+)?json$/.test(type), `${name}: ${type}`);
    }
  }),

  'needs scopes of one OAuth scheme on its own domain': (document, report) => {
    const schemes = Object.entries(objectOf(objectOf(document['components'])['securitySchemes']));
    report(schemes.length === 1, `${schemes.length} security schemes`);
    const [name = '', scheme] = schemes[0] ?? [];
    const flow = objectOf(objectOf(objectOf(scheme)['flows'])['authorizationCode']);
    const server = String(objectOf(listOf(document['servers'])[0])['url']);
    for (const url of ['authorizationUrl', 'tokenUrl']) {
      report(String(flow[url]).startsWith(`${server}/`), `${url} ${String(flow[url])}`);
    }
    for (const { name: place, operation } of placesOf(document)) {
      const security = operation['security'];
      // An empty list says that the operation is public; a missing one says nothing.
      if (Array.isArray(security) && security.length === 0) continue;
      const [need, ...more] = listOf(security).map(objectOf);
      const scopes = listOf(need?.[name]).map(String);
      report(more.length === 0 && scopes.length > 0, `${place} needs no scope`);
      for (const scope of scopes)
        report(scope in objectOf(flow['scopes']), `${place}: ${scope} is not declared`);
    }
  },

  'has no list of types': eachSchema(({ path, schema }, report) =>
    report(!Array.isArray(schema['type']), path),
  ),

  'knows no null': eachSchema(({ path, schema }, report) => {
    const isNull = schema['type'] === 'null' || schema['nullable'] === true || schema['const'] === null;
    report(!isNull && !listOf(schema['enum']).includes(null), path);
  }),

  'has no $ref beside oneOf or anyOf': eachSchema(({ path, schema }, report) =>
    report(!('$ref' in schema && ('oneOf' in schema || 'anyOf' in schema)), path),
  ),

  'has no empty items': eachSchema(({ path, schema }, report) => {
    if (schema['type'] === 'array') report(Object.keys(objectOf(schema['items'])).length > 0, path);
  }),

  'names the properties of every object': eachSchema(({ path, schema }, report) => {
    if (schema['type'] === 'object') report(Object.keys(objectOf(schema['properties'])).length > 0, path);
  }),

  'resolves every $ref without a circle': (document, report) => {
    for (const { path, schema } of schemasOf(document)) followReference(document, { path, schema, report });
  },

  'shows an example of every body and answer that its schema takes': (document, report) => {
    const schemas = new SchemaSet(document as unknown as OpenApiDocument);
    for (const { name, operation } of placesOf(document)) {
      const answers = Object.entries(objectOf(operation['responses'])).filter(([status]) =>
        status.startsWith('2'),
      );
      report(answers.length > 0, `${name}: no answer`);
      for (const content of [operation['requestBody'], ...answers.map(([, answer]) => answer)].filter(
        isObject,
      )) {
        const { schema, example } = objectOf(objectOf(content['content'])['application/json']);
        report(example !== undefined, `${name}: no example`);
        if (example === undefined) continue;
        report(JSON.stringify(example).length <= MOST_CHARACTERS, `${name}: the example is too long`);
        for (const violation of violationsOf(schemas, objectOf(schema), example))
          report(false, `${name}: ${violation}`);
      }
    }
  },
} satisfies Record<string, (document: Json, report: Report) => void>;

/** What is wrong with an Actions document, each line beginning with the rule; empty when nothing is. */
export function lintActions(document: Json): string[] {
  const problems: string[] = [];
  for (const [rule, check] of Object.entries(RULES)) {
    check(document, (holds, problem) => {
      if (!holds) problems.push(`${rule}: ${problem}`);
    });
  }
  return problems;
}

/** A schema that cannot be used is a violation as well. */
function violationsOf(schemas: SchemaSet, schema: Schema, example: unknown): string[] {
  try {
    return schemas.violations(schema, example);
  } catch (error) {
    return [String(error)];
  }
}

function eachOperation(check: (place: Place, report: Report) => void) {
  return (document: Json, report: Report) => placesOf(document).forEach((place) => check(place, report));
}

function eachSchema(check: (found: FoundSchema, report: Report) => void) {
  return (document: Json, report: Report) => schemasOf(document).forEach((found) => check(found, report));
}

interface FoundSchema {
  readonly path: string;
  readonly schema: Json;
}

/** Every schema of the document with the ones inside it; `$ref`s are not followed, their targets are in the list. */
function schemasOf(document: Json): FoundSchema[] {
  const roots = [
    ...Object.entries(objectOf(objectOf(document['components'])['schemas'])),
    ...placesOf(document).flatMap(({ name, operation }) => rootsOf(name, operation)),
  ];
  return roots.flatMap(([path, schema]) => withInner(path, schema));
}

function rootsOf(name: string, operation: Json): [string, unknown][] {
  const parameters = listOf(operation['parameters']).map(objectOf);
  const contents = [operation['requestBody'], ...Object.values(objectOf(operation['responses']))].map(
    objectOf,
  );
  const media = contents.flatMap((one) => Object.values(objectOf(one['content'])).map(objectOf));
  return [...parameters, ...media].map((one) => [name, one['schema']]);
}

function withInner(path: string, schema: unknown): FoundSchema[] {
  if (!isObject(schema)) return [];
  const properties = Object.entries(objectOf(schema['properties']));
  const lists = ['anyOf', 'oneOf', 'allOf'].flatMap((key) =>
    listOf(schema[key]).map((one) => [key, one] as const),
  );
  const single = ['items', 'additionalProperties', 'not'].map((key) => [key, schema[key]] as const);
  const inner = [...properties, ...lists, ...single].flatMap(([key, one]) =>
    withInner(`${path} ${key}`, one),
  );
  return [{ path, schema }, ...inner];
}

interface Trail extends FoundSchema {
  readonly report: Report;
  readonly seen?: readonly string[];
}

function followReference(document: Json, { path, schema, report, seen = [] }: Trail): void {
  const reference = schema['$ref'];
  if (typeof reference !== 'string') return;
  if (seen.includes(reference)) return report(false, `${path}: ${reference} leads back to itself`);
  const target = reference
    .split('/')
    .slice(1)
    .reduce<unknown>((at, key) => objectOf(at)[key], document);
  report(isObject(target), `${path}: ${reference} leads nowhere`);
  for (const inner of withInner(path, target)) {
    followReference(document, { ...inner, report, seen: [...seen, reference] });
  }
}
