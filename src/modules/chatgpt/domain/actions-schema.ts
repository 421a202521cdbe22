export type Json = null | string | number | boolean | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A schema in the subset that ChatGPT's importer accepts: a constant becomes an enum with one value, and long patterns beside a
 * format are removed, because the format is enough.
 */
export function toActionsSchema(schema: Json): Json {
  if (Array.isArray(schema)) return (schema as readonly Json[]).map(toActionsSchema);
  if (!isObject(schema)) return schema;
  const { const: only, pattern, ...rest } = schema;
  return {
    ...Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, toActionsSchema(value)])),
    ...(only === undefined ? {} : { enum: [only] }),
    ...(pattern === undefined || 'format' in schema ? {} : { pattern }),
  };
}

export interface BodyRules {
  readonly without: readonly string[];
  readonly required: readonly string[];
}

/** The schema of a request body without the members that ChatGPT must not send. Throws for an unknown name. */
export function narrowBody(schema: JsonObject, { without, required }: BodyRules): JsonObject {
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const unknown = [...without, ...required].filter((name) => !(name in properties));
  if (unknown.length > 0) throw new Error(`the request body has no member ${unknown.join(', ')}`);
  const kept = Object.entries(properties).filter(([name]) => !without.includes(name));
  const demanded = [...((schema['required'] ?? []) as readonly string[]), ...required];
  return {
    ...schema,
    properties: Object.fromEntries(kept),
    ...(demanded.length === 0 ? {} : { required: [...new Set(demanded)] }),
  };
}
