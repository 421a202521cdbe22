import { Agent, request as open, type IncomingHttpHeaders } from 'node:http';

export interface WireAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface WireRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
}

const HANGS_AFTER_MS = 20_000;

/** Sends targets, methods and bytes as they are; fetch would tidy them up. Rejects when no answer comes. */
export class Wire {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 4 });

  constructor(private readonly port: number) {}

  async send(request: WireRequest): Promise<WireAnswer> {
    try {
      return await this.attempt(request);
    } catch (error) {
      // A kept connection that the server has just closed says nothing about the request: once more, on a new one.
      if ((error as { code?: string }).code !== 'ECONNRESET') throw error;
      return this.attempt(request);
    }
  }

  close(): void {
    this.agent.destroy();
  }

  private attempt({ method, target, headers, body }: WireRequest): Promise<WireAnswer> {
    return new Promise((resolve, reject) => {
      // Said even when it is 0: Node would begin a chunked body as soon as an Expect header is there.
      const hasNone = body === undefined && (method === 'GET' || method === 'HEAD');
      const length = hasNone ? {} : { 'content-length': String(body?.length ?? 0) };
      const sent = open(
        {
          host: '127.0.0.1',
          port: this.port,
          method,
          path: target,
          headers: { ...headers, ...length },
          agent: this.agent,
          timeout: HANGS_AFTER_MS,
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString('utf8');
            resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
          });
        },
      );
      sent.on('timeout', () => sent.destroy(new Error('no answer: the request hangs')));
      sent.on('error', reject);
      sent.end(body);
    });
  }
}
