import { request } from 'node:http';

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

export interface RawRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends the path byte for byte; `fetch` and `inject` would tidy up dots, slashes and percent signs first. */
export function rawRequest(
  origin: string,
  path: string,
  { method = 'GET', headers = {} }: RawRequest = {},
): Promise<RawAnswer> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method, headers, agent: false }, (answer) => {
      let body = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk: string) => (body += chunk));
      answer.on('end', () => {
        const all = Object.entries(answer.headers).map(([name, value]) => [name, value?.toString()]);
        resolve({ status: answer.statusCode ?? 0, headers: Object.fromEntries(all) as never, body });
      });
    });
    sent.on('error', reject);
    sent.end();
  });
}
