import { get, type Agent, type IncomingHttpHeaders } from 'node:http';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
}

/** One GET through an agent of the caller's, which decides about connections. Rejects when the connection breaks. */
export function httpGet(url: string, agent: Agent): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent }, (response) => {
      response.resume();
      response.once('error', reject);
      response.once('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers }));
    });
    request.setTimeout(15_000, () => request.destroy(new Error('no answer')));
    request.once('error', reject);
  });
}
