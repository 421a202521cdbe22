import fc, { type Arbitrary } from 'fast-check';
import { OUTSIDE_THE_DOCUMENT } from '../support/openapi-routes';
import type { DocumentedOperation, OpenApiDocument } from '../support/openapi-schemas';
import {
  CONTENT_TYPES,
  HOSTILE_HEADERS,
  HOSTILE_TEXTS,
  HOSTILE_VALUES,
  JSON_SPOILERS,
  METHODS,
  RAW_SEGMENTS,
  SPELLINGS,
} from './hostile';
import { nearlyValid } from './mutate';
import { ACTORS, type AbuseRequest } from './request';
import { validValue, type Known } from './valid';

type Parameters = NonNullable<DocumentedOperation['parameters']>;
type Body = Pick<AbuseRequest, 'body' | 'headers' | 'bodyIsReadable'>;

interface Endpoint {
  readonly method: string;
  readonly path: string;
  readonly isPage?: boolean;
  readonly operation: Pick<DocumentedOperation, 'parameters' | 'requestBody'> & { operationId?: string };
}

/** Hash passwords, or call the payment provider: each costs as much as dozens of the others. */
const SLOW = ['register', 'login', 'createCheckoutSession', 'syncUser', 'replayDeadEvents'];
const PAGE_QUERY = ['session_id', 'code', 'client_id', 'redirect_uri', 'response_type', 'scope', 'return_to'];
const FORM_FIELDS = [
  ...['email', 'password', 'full_name', 'return_to', 'client_id', 'client_secret', 'redirect_uri'],
  ...['code', 'code_verifier', 'refresh_token', 'token', 'scope', 'resource'],
];
const GRANTS = ['authorization_code', 'refresh_token', 'client_credentials', 'password', 'x'].map(
  (grant) => `grant_type=${grant}`,
);
const JSON_TYPE = { 'content-type': 'application/json' };
const NOTHING: Body = { body: undefined, headers: {}, bodyIsReadable: true };
const rarelyABody = mostly(
  20,
  fc.constant(NOTHING),
  fc.constant<Body>({ ...NOTHING, body: Buffer.from('{}'), bodyIsReadable: false }),
);

/** Requests of every operation of the document and of every page beside it. */
export function abuseRequests(document: OpenApiDocument, known: Known): Arbitrary<AbuseRequest> {
  const endpoints = [...documented(document), ...pages()];
  const weighted = endpoints.map((endpoint) => ({
    weight: SLOW.includes(endpoint.operation.operationId ?? '') ? 1 : 8,
    arbitrary: requestsOf(endpoint, known),
  }));
  return fc.oneof(...weighted);
}

function documented(document: OpenApiDocument): Endpoint[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
}

/** What people and applications open beside the API: any text in every place, forms where forms are posted. */
function pages(): Endpoint[] {
  return OUTSIDE_THE_DOCUMENT.flatMap(({ path: nestPath }) => {
    const path = nestPath.replaceAll(/:(\w+)/g, '{$1}').replace('*', '{rest}');
    const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => inPath(name));
    const query = PAGE_QUERY.map((name) => ({ ...inPath(name), in: 'query', required: false }) as const);
    return ['GET', 'POST'].map((method) => ({
      method,
      path,
      isPage: true,
      operation: { parameters: [...parameters, ...query] },
    }));
  });
}

const inPath = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } }) as const;

function requestsOf(
  { method, path, operation, isPage = false }: Endpoint,
  known: Known,
): Arbitrary<AbuseRequest> {
  const { parameters = [], requestBody } = operation;
  const schema = requestBody?.content['application/json']?.schema;
  return fc
    .record({
      actor: fc.constantFrom(...ACTORS),
      method: mostly(10, fc.constant(method), fc.constantFrom(...METHODS)),
      path: pathOf(path, parameters, known),
      query: queryOf(parameters, known),
      body: method === 'GET' ? rarelyABody : isPage ? formBody(known) : bodyOf(schema, known),
      headers: mostly(4, fc.constant({}), fc.constantFrom(...HOSTILE_HEADERS)),
    })
    .map(({ body, query, ...one }) => ({
      ...body,
      actor: one.actor,
      method: one.method,
      target: query === '' ? one.path : `${one.path}?${query}`,
      headers: { ...body.headers, ...one.headers },
      bodyIsReadable: body.bodyIsReadable && !('content-encoding' in one.headers),
    }));
}

/** `usual` this many times as often as `odd`; shrinks towards `usual`. */
function mostly<T>(weight: number, usual: Arbitrary<T>, odd: Arbitrary<T>): Arbitrary<T> {
  return fc.oneof({ weight, arbitrary: usual }, { weight: 1, arbitrary: odd });
}

/** A form with some of the fields that our forms and the token endpoint take. */
function formBody(known: Known): Arbitrary<Body> {
  const value = fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...Object.values(known).flat().slice(0, 200)) },
    { weight: 1, arbitrary: fc.constantFrom(...HOSTILE_TEXTS) },
  );
  const field = fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...GRANTS) },
    {
      weight: 4,
      arbitrary: fc.tuple(fc.constantFrom(...FORM_FIELDS), encoded(value)).map((pair) => pair.join('=')),
    },
  );
  const form = fc.array(field, { maxLength: 8 }).map((fields): Body => ({
    body: Buffer.from(fields.join('&')),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    bodyIsReadable: false,
  }));
  return mostly(3, form, oddBody(fc.constant({})));
}

const toText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

/** A lone surrogate has no UTF-8; it goes out as the three bytes that careless encoders make of it. */
const encode = (text: string) =>
  [...text].map((one) => (/\p{Cs}/u.test(one) ? '%ed%a0%80' : encodeURIComponent(one))).join('');

const encoded = (values: Arbitrary<unknown>) => values.map((value) => encode(toText(value) ?? ''));

function pathOf(template: string, parameters: Parameters, known: Known): Arbitrary<string> {
  const segments = parameters
    .filter((parameter) => parameter.in === 'path')
    .map(({ name, schema }) =>
      fc
        .oneof(
          { weight: 6, arbitrary: encoded(validValue(schema, known, name)) },
          { weight: 1, arbitrary: encoded(fc.constantFrom(...HOSTILE_TEXTS)) },
          { weight: 1, arbitrary: fc.constantFrom(...RAW_SEGMENTS) },
        )
        .map((segment) => [`{${name}}`, segment] as const),
    );
  const filled = fc
    .tuple(...segments)
    .map((pairs) => pairs.reduce((path, [name, segment]) => path.split(name).join(segment), template));
  const misspelt = fc.tuple(filled, fc.constantFrom(...SPELLINGS)).map(([path, spell]) => spell(path));
  return mostly(8, filled, misspelt);
}

function queryOf(parameters: Parameters, known: Known): Arbitrary<string> {
  const given = parameters
    .filter((parameter) => parameter.in === 'query')
    .map(({ name, required, schema }) => {
      const valid = validValue(schema, known, name);
      const value = fc.oneof(
        { weight: 5, arbitrary: encoded(valid) },
        { weight: 2, arbitrary: encoded(fc.constantFrom(...HOSTILE_TEXTS)) },
        { weight: 1, arbitrary: encoded(fc.constantFrom(...HOSTILE_VALUES)) },
        { weight: 1, arbitrary: fc.constantFrom(...RAW_SEGMENTS) },
      );
      const pair = value.map((text) => `${name}=${text}`);
      const odd = value.chain((text) =>
        fc.constantFrom(
          '',
          name,
          `${name}[]=${text}`,
          `${name}[a]=${text}`,
          `${name}=${text}&${name}=${text}`,
        ),
      );
      return mostly(required === true ? 6 : 1, pair, odd);
    });
  const extra = fc.constantFrom(
    '__proto__=x',
    'a='.repeat(3000),
    'x=1&'.repeat(1500),
    '&&&=&',
    '%',
    '%ff=%ff',
    'user_id=1',
    `x=${'y'.repeat(14_000)}`,
  );
  return fc
    .tuple(fc.tuple(...given), mostly(8, fc.constant(''), extra))
    .map(([pairs, more]) => [...pairs, more].filter((part) => part !== '').join('&'));
}

function bodyOf(schema: Record<string, unknown> | undefined, known: Known): Arbitrary<Body> {
  if (schema === undefined) return mostly(3, fc.constant(NOTHING), oddBody(fc.constant({})));
  const valid = validValue(schema, known);
  return fc.oneof(
    { weight: 3, arbitrary: valid.map(asJson) },
    { weight: 4, arbitrary: nearlyValid(valid).map(asJson) },
    { weight: 2, arbitrary: oddBody(valid) },
    { weight: 1, arbitrary: fc.constant(NOTHING) },
  );
}

const asJson = (value: unknown): Body => {
  const text = JSON.stringify(value);
  if (text === undefined) return NOTHING;
  // Members of these names are refused by the parser, before anyone asks who sends them.
  const isRefused = text.length > 60_000 || /"(?:__proto__|constructor)"/.test(text);
  return { body: Buffer.from(text), headers: JSON_TYPE, bodyIsReadable: !isRefused };
};

function oddBody(valid: Arbitrary<unknown>): Arbitrary<Body> {
  const json = valid.map((value) => JSON.stringify(value) ?? '{}');
  const spoilt = fc.tuple(json, fc.constantFrom(...JSON_SPOILERS)).map(([text, spoil]): Body => ({
    body: Buffer.from(spoil(text)),
    headers: JSON_TYPE,
    bodyIsReadable: false,
  }));
  const mistyped = fc.tuple(json, fc.constantFrom(...CONTENT_TYPES)).map(([text, type]): Body => ({
    body: Buffer.from(text),
    headers: type === undefined ? {} : { 'content-type': type },
    bodyIsReadable: false,
  }));
  const form = fc.constant<Body>({
    body: Buffer.from('email=a%40b.c&password=x&role=operator'),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    bodyIsReadable: false,
  });
  return fc.oneof(spoilt, mistyped, form);
}
