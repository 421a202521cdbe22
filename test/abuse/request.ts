/** The caller: anonymous, two students, an operator, or a caller with an invalid token. */
export const ACTORS = ['anonymous', 'student-a', 'student-b', 'operator', 'stranger'] as const;
export type Actor = (typeof ACTORS)[number];

/** One request exactly, before the actor's own Authorization header. */
export interface AbuseRequest {
  readonly actor: Actor;
  readonly method: string;
  /** The raw request target. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
  /** False when the body may be refused before anyone asks who sends it. */
  readonly bodyIsReadable: boolean;
}

/** The headers as they go out. */
export function headersOf({ headers }: AbuseRequest, token: string | undefined): Record<string, string> {
  return { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers };
}

const quote = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;

function quoteBytes(body: Buffer): string {
  const escaped = [...body].map((byte) => {
    const character = String.fromCharCode(byte);
    return byte < 0x20 || byte > 0x7e || character === "'" || character === '\\'
      ? `\\x${byte.toString(16).padStart(2, '0')}`
      : character;
  });
  return `$'${escaped.join('')}'`;
}

/** A command that sends the same request; the token is a variable named after the actor. */
export function asCurl(request: AbuseRequest, apiUrl: string): string {
  const { actor, method, target, body } = request;
  const token = actor === 'anonymous' ? undefined : `$${actor.toUpperCase().replace('-', '_')}_TOKEN`;
  const headers = Object.entries(headersOf(request, token)).map(([name, value]) =>
    value.includes('_TOKEN') ? `-H "${name}: ${value}"` : `-H ${quote(`${name}: ${value}`)}`,
  );
  return [
    `curl -i --path-as-is -X ${method}`,
    ...headers,
    ...(body === undefined ? [] : [`--data-binary ${quoteBytes(body)}`]),
    `--request-target ${quote(target)} ${apiUrl}`,
  ].join(' ');
}
