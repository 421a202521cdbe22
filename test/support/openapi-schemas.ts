import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

export type Schema = Readonly<Record<string, unknown>>;

interface Media {
  readonly schema?: Schema;
}

export interface DocumentedResponse {
  readonly content?: Readonly<Record<string, Media>>;
}

export interface DocumentedOperation {
  readonly operationId: string;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: 'path' | 'query' | 'header';
    readonly required?: boolean;
    readonly schema: Schema;
  }[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, DocumentedResponse>>;
}

export interface OpenApiDocument {
  /** Holds where an operation says nothing itself. */
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

const ROOT = 'openapi.json';

/** Strict, so that a keyword which means nothing is reported and not ignored. */
export function newAjv(): Ajv2020 {
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, strictRequired: false });
  formats.default(ajv);
  for (const annotation of ['example', 'discriminator', 'xml', 'externalDocs', 'components'])
    ajv.addKeyword(annotation);
  return ajv;
}

/**
 * A copy in which every object that names its properties takes no others, however its author wrote it. Maps
 * (`additionalProperties` given) stay what they are.
 */
export function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const copy = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  // `properties` may also be the name of a member; then its value is a schema with a type and no object of schemas.
  const names = copy['type'] === 'object' && typeof copy['properties'] === 'object';
  if ('allOf' in copy && copy['unevaluatedProperties'] === undefined) copy['unevaluatedProperties'] = false;
  else if (names && copy['additionalProperties'] === undefined) copy['additionalProperties'] = false;
  return copy;
}

/** Compiles the schemas of one document once each; `$ref`s lead into its components. */
export class SchemaSet {
  private readonly ajv = newAjv();
  private readonly compiled = new Map<Schema, ValidateFunction>();

  constructor(document: OpenApiDocument) {
    const schemas = closed(document.components?.schemas ?? {}) as Record<string, Schema>;
    this.ajv.addSchema({ $id: ROOT, components: { schemas } }, ROOT);
  }

  /** Every disagreement as `pointer: reason, got value`. */
  violations(schema: Schema, value: unknown): string[] {
    const validate = this.compiled.get(schema) ?? this.compile(schema);
    if (validate(value) === true) return [];
    return (validate.errors ?? []).map(({ instancePath, message = '', params }) => {
      const extra = Object.values(params).map(String).join(', ');
      return `${instancePath || '/'}: ${message} (${extra}), got ${excerpt(valueAt(value, instancePath))}`;
    });
  }

  private compile(schema: Schema): ValidateFunction {
    const local = JSON.parse(JSON.stringify(closed(schema)).replaceAll('"#/', `"${ROOT}#/`)) as Schema;
    const validate = this.ajv.compile(local);
    this.compiled.set(schema, validate);
    return validate;
  }
}

export function excerpt(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

function valueAt(value: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], value);
}
