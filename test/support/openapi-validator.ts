import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readErrorTable, type ErrorRow } from './error-table';
import { OUTSIDE_THE_DOCUMENT, pathPattern } from './openapi-routes';
import { excerpt, SchemaSet, type DocumentedOperation, type OpenApiDocument } from './openapi-schemas';

/** One answer as it was sent. */
export interface SentAnswer {
  readonly method: string;
  /** The request target, query included. */
  readonly url: string;
  readonly status: number;
  readonly contentType: string | undefined;
  readonly body: string | Buffer | undefined;
}

export interface FoundOperation {
  readonly path: string;
  readonly operation: DocumentedOperation;
}

const PROBLEM = 'application/problem+json';
// One object: a schema is compiled once for each that is seen.
const PROBLEM_SCHEMA = { $ref: '#/components/schemas/Problem' };
const PROBLEM_MEMBERS = ['type', 'title', 'status', 'detail', 'instance', 'code', 'request_id', 'errors'];
// Refused while the head was read, so nobody knows for which path.
const UNREAD = ['headers_too_large', 'request_timeout'];
// RFC 9110: these statuses have no content, regardless of the document.
const EMPTY_STATUSES = [204, 304];

export function readDocument(): OpenApiDocument {
  const path = join(resolve(__dirname, '..', '..'), 'docs', 'openapi.json');
  return JSON.parse(readFileSync(path, 'utf8')) as OpenApiDocument;
}

const mediaTypeOf = (contentType: string | undefined) => contentType?.split(';', 1)[0]?.trim().toLowerCase();

/** Of a target in whichever form: a path, or a whole address (RFC 9112, section 3.2.2). */
export const pathOf = (target: string): string =>
  target.replace(/^https?:\/\/[^/?#]*/i, '').split('?', 1)[0] || '/';

/** As the router reads it: `%63` is a c, `%2F` stays what it is, a fragment is nothing. */
function decodePath(path: string): string {
  const [address = path] = path.split('#', 1);
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}

// A body is refused for its size or type before anybody looks whether there is something at the address.
const NOTHING_HERE = [404, 413, 415];

/** The page for a browser that asks for an address which nothing answers at. Below /api/ that is a problem document. */
const isNothingHere = ({ status, contentType }: SentAnswer, path: string): boolean =>
  NOTHING_HERE.includes(status) && mediaTypeOf(contentType) === 'text/html' && !path.startsWith('/api/');

/** Compares answers with docs/openapi.json and docs/errors.md. */
export class OpenApiValidator {
  private readonly schemas: SchemaSet;
  private readonly routes: (FoundOperation & { readonly method: string; readonly pattern: RegExp })[];
  private readonly pages = OUTSIDE_THE_DOCUMENT.map((page) => ({ ...page, pattern: pathPattern(page.path) }));

  constructor(
    document: OpenApiDocument = readDocument(),
    private readonly errors: ReadonlyMap<string, ErrorRow> = new Map(
      readErrorTable().map((row) => [row.code, row]),
    ),
  ) {
    this.schemas = new SchemaSet(document);
    this.routes = Object.entries(document.paths)
      .flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, operation]) => ({
          method: method.toUpperCase(),
          path,
          pattern: pathPattern(path),
          operation,
        })),
      )
      // A fixed segment beats a parameter, as in the router: /chapters/search before /chapters/{chapterId}.
      .toSorted((a, b) => a.path.split('{').length - b.path.split('{').length);
  }

  /** The operation that answers at this path, in any percent-encoding. */
  find(method: string, path: string): FoundOperation | undefined {
    const decoded = decodePath(path);
    return this.routes.find((route) => route.method === method && route.pattern.test(decoded));
  }

  /** What is wrong with the answer, each line naming operation, pointer and value; empty when nothing is. */
  violations(answer: SentAnswer): string[] {
    const path = pathOf(answer.url);
    // HEAD is answered by the GET operation, without its body.
    const method = answer.method === 'HEAD' ? 'GET' : answer.method;
    const found = this.find(method, path);
    const name = found?.operation.operationId ?? 'no operation';
    const problems = [
      ...this.wrongEmptiness(answer),
      ...(found === undefined ? this.outside(answer, path) : this.inside(answer, path, found.operation)),
    ];
    return problems.map((problem) => `${name} ${answer.method} ${path} ${answer.status}: ${problem}`);
  }

  private wrongEmptiness({ method, status, body }: SentAnswer): string[] {
    const isEmpty = body === undefined || body.length === 0;
    const mustBeEmpty = method === 'HEAD' || EMPTY_STATUSES.includes(status);
    return mustBeEmpty && !isEmpty ? [`has a body where none may be: ${excerpt(String(body))}`] : [];
  }

  private inside(answer: SentAnswer, path: string, { responses }: DocumentedOperation): string[] {
    const { status, contentType } = answer;
    const mediaType = mediaTypeOf(contentType);
    const declared = responses[String(status)];
    if (EMPTY_STATUSES.includes(status)) return declared ? [] : ['the status is not declared'];
    if (mediaType === undefined) return ['has no content type'];
    const schema =
      declared?.content?.[mediaType]?.schema ?? responses['default']?.content?.[mediaType]?.schema;
    if (mediaType === PROBLEM) return this.problem(answer, path, schema);
    if (declared === undefined) return ['the status is not declared, and the answer is no problem document'];
    if (schema === undefined) return [`the media type ${mediaType} is not declared`];
    return this.withJson(answer, (body) => this.schemas.violations(schema, body));
  }

  private outside(answer: SentAnswer, path: string): string[] {
    const mediaType = mediaTypeOf(answer.contentType);
    if (mediaType === PROBLEM) return this.problem(answer, path);
    const page = this.pages.find(({ pattern }) => pattern.test(decodePath(path)));
    if (page === undefined) {
      if (isNothingHere(answer, path)) return [];
      return [`answers with ${mediaType} and is neither in the document nor listed`];
    }
    const isRedirect = answer.status >= 300 && answer.status < 400;
    if (mediaType === undefined) return isRedirect || answer.method === 'HEAD' ? [] : ['has no content type'];
    return page.mediaTypes.includes(mediaType) ? [] : [`answers with ${mediaType}, which is not listed`];
  }

  private problem(answer: SentAnswer, path: string, own?: Record<string, unknown>): string[] {
    if (answer.status < 400) return ['a problem document on a status that is no failure'];
    return this.withJson(answer, (body) => [
      ...this.schemas.violations(own ?? PROBLEM_SCHEMA, body),
      ...this.problemDetails(answer, path, body as Record<string, unknown>),
    ]);
  }

  private problemDetails({ status }: SentAnswer, path: string, body: Record<string, unknown>): string[] {
    const code = String(body['code']);
    const row = this.errors.get(code);
    if (row === undefined) return [`/code: ${code} is not in docs/errors.md`];
    const undocumented = Object.keys(body).filter(
      (member) => !PROBLEM_MEMBERS.includes(member) && !row.members.includes(member),
    );
    const instance = UNREAD.includes(code) ? '/' : path;
    const expected = { status, type: `urn:course-companion:error:${code}`, instance };
    return [
      ...(row.status === status ? [] : [`docs/errors.md says ${row.status} for ${code}`]),
      ...Object.entries(expected)
        .filter(([member, value]) => body[member] !== value)
        .map(([member, value]) => `/${member}: is ${excerpt(body[member])} and not ${excerpt(value)}`),
      ...undocumented.map((member) => `/${member}: docs/errors.md does not name it for ${code}`),
    ];
  }

  private withJson({ method, body }: SentAnswer, check: (body: unknown) => string[]): string[] {
    if (method === 'HEAD') return [];
    try {
      return check(JSON.parse(String(body ?? '')));
    } catch (error) {
      if (error instanceof SyntaxError) return [`the body is not JSON: ${excerpt(String(body))}`];
      throw error;
    }
  }
}
