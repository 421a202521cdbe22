import { Agent, request } from 'node:http';

/** Sends raw calls over kept-alive connections: the client must cost less than what it measures. */
export class LoadClient {
  private readonly agent = new Agent({ keepAlive: true });

  constructor(
    private readonly url: string,
    private readonly lanes = 32,
  ) {}

  call(method: 'GET' | 'POST', path: string, body = ''): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      const headers = {
        authorization: 'Bearer sk_test_bench',
        'stripe-version': '2026-10-28.endive',
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': Buffer.byteLength(body),
      };
      const sent = request(`${this.url}/v1${path}`, { method, agent: this.agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
        );
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  /** The object a call answers with; throws unless it is a 200. */
  async object(method: 'GET' | 'POST', path: string, body = ''): Promise<{ id: string }> {
    const { status, text } = await this.call(method, path, body);
    if (status !== 200) throw new Error(`${method} ${path} answered ${status}: ${text}`);
    return JSON.parse(text) as { id: string };
  }

  /** Runs `work` so many times, some at a time; gives calls per second. */
  async rate(count: number, work: (n: number) => Promise<unknown>): Promise<number> {
    let next = 0;
    const lane = async () => {
      while (next < count) await work(next++);
    };
    const started = performance.now();
    await Promise.all(Array.from({ length: this.lanes }, lane));
    return (count / (performance.now() - started)) * 1000;
  }

  close(): void {
    this.agent.destroy();
  }
}
