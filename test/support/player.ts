import { call, type Answer } from './http';
import { SchemaSet, type DocumentedOperation, type OpenApiDocument, type Schema } from './openapi-schemas';

/** What an operation is called with; every parameter of its path must be there. */
export interface Play {
  readonly token?: string;
  readonly parameters?: Readonly<Record<string, string | number>>;
  readonly body?: unknown;
}

interface Place {
  readonly method: string;
  readonly path: string;
  readonly operation: DocumentedOperation;
}

/** ChatGPT answers nothing longer than this. */
const MOST_CHARACTERS = 99_999;

/**
 * Calls operations as somebody who knows nothing but an OpenAPI document: path, parameters and body as it says, no header
 * of its own but the token. Throws when the request or the answer is not what the document promises.
 */
export class Player {
  private readonly schemas: SchemaSet;
  private readonly places: ReadonlyMap<string, Place>;

  constructor(
    private readonly origin: string,
    document: OpenApiDocument,
  ) {
    this.schemas = new SchemaSet(document);
    this.places = new Map(
      Object.entries(document.paths).flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, operation]) => [
          operation.operationId,
          { method: method.toUpperCase(), path, operation },
        ]),
      ),
    );
  }

  get operationIds(): string[] {
    return [...this.places.keys()];
  }

  /** The answer, checked; a problem document counts as one when its status is documented. */
  async play(operationId: string, play: Play = {}): Promise<Answer> {
    const place = this.places.get(operationId);
    if (place === undefined) throw new Error(`the document has no operation ${operationId}`);
    this.checkBody(operationId, place, play.body);
    const { token, body } = play;
    const answer = await call(place.method, this.urlOf(place, play.parameters), { token, body });
    this.checkAnswer(operationId, place, answer);
    return answer;
  }

  private urlOf({ path, operation }: Place, given: Play['parameters'] = {}): string {
    const known = operation.parameters ?? [];
    const strange = Object.keys(given).filter((name) => known.every((one) => one.name !== name));
    if (strange.length > 0)
      throw new Error(`${operation.operationId} has no parameter ${strange.join(', ')}`);
    const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(given[name] ?? ''));
    const query = known
      .filter((one) => one.in === 'query' && given[one.name] !== undefined)
      .map(({ name }): [string, string] => [name, String(given[name])]);
    return `${this.origin}${filled}${query.length === 0 ? '' : `?${new URLSearchParams(query).toString()}`}`;
  }

  private checkBody(operationId: string, { operation }: Place, body: unknown): void {
    const schema = operation.requestBody?.content['application/json']?.schema;
    if (schema === undefined && body !== undefined) throw new Error(`${operationId} takes no body`);
    if (schema !== undefined && body !== undefined) this.check(`${operationId} request`, schema, body);
  }

  private checkAnswer(operationId: string, { operation }: Place, answer: Answer): void {
    const type = answer.headers.get('content-type')?.split(';')[0] ?? 'none';
    const schema = operation.responses[String(answer.status)]?.content?.[type]?.schema;
    const name = `${operationId} ${answer.status}`;
    if (schema === undefined) throw new Error(`${name} ${type} is not documented: ${answer.text}`);
    if (answer.text.length > MOST_CHARACTERS) throw new Error(`${name} has ${answer.text.length} characters`);
    this.check(name, schema, answer.body);
  }

  private check(name: string, schema: Schema, value: unknown): void {
    const violations = this.schemas.violations(schema, value);
    if (violations.length > 0) throw new Error(`${name}: ${violations.join('\n')}`);
  }
}
