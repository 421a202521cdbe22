import { checkAnswer } from './watched-answers';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; an empty object when it is not JSON. */
  readonly body: Record<string, unknown>;
}

export interface Call {
  readonly token?: string | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** One request to the application. Its answer is compared with docs/openapi.json. */
export async function call(method: string, url: string, options: Call = {}): Promise<Answer> {
  const answer = await send(method, url, options);
  const contentType = answer.headers.get('content-type') ?? undefined;
  const { pathname, search } = new URL(url);
  checkAnswer({ method, url: pathname + search, status: answer.status, contentType, body: answer.text });
  return answer;
}

/** One request to any server, redirects not followed. `body` is sent as JSON, a string as it is. */
export async function send(
  method: string,
  url: string,
  { token, body, headers = {} }: Call = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    signal: AbortSignal.timeout(20_000),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parse(text) };
}
