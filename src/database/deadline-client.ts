import { Client, type ClientConfig } from 'pg';

export interface DeadlineClientConfig extends ClientConfig {
  /** Undefined: statements may take as long as they need. */
  readonly deadlineMs?: number | undefined;
}

type AnyFunction = (...args: unknown[]) => unknown;

/**
 * A connection that is destroyed when the server does not answer a statement in time. The driver's `query_timeout`
 * only rejects the promise: the connection returns to the pool and the next statement waits behind the lost one.
 * A server that is frozen or unreachable without a reset is noticed in no other way.
 */
export class DeadlineClient extends Client {
  private static readonly open = new Set<DeadlineClient>();
  private readonly deadlineMs: number | undefined;
  private running = 0;

  constructor(config?: string | DeadlineClientConfig) {
    super(config);
    this.deadlineMs = typeof config === 'object' ? config.deadlineMs : undefined;
    // Between the pool and its user nobody listens for a moment; an error that nobody hears would end the process.
    this.on('error', () => undefined);
    if (this.deadlineMs === undefined) return;
    this.once('connect', () => DeadlineClient.open.add(this));
    this.once('end', () => DeadlineClient.open.delete(this));
    const query = this.query.bind(this) as AnyFunction;
    this.query = ((...args: unknown[]) => this.timed(query, args)) as typeof this.query;
  }

  private timed(query: AnyFunction, args: unknown[]): unknown {
    const done = this.startTimer();
    const callback = args.at(-1);
    if (typeof callback === 'function')
      return query(...args.slice(0, -1), (...results: unknown[]) => {
        done();
        (callback as AnyFunction)(...results);
      });
    const result = query(...args);
    if (result instanceof Promise) void result.then(done, done);
    else done();
    return result;
  }

  private startTimer(): () => void {
    this.running += 1;
    const timer = setTimeout(() => this.abandon(), this.deadlineMs);
    return () => {
      this.running -= 1;
      clearTimeout(timer);
    };
  }

  /** Idle connections were opened before the server fell silent: they are abandoned too, not tried one by one. */
  private abandon(): void {
    this.destroy();
    for (const other of DeadlineClient.open) if (other.running === 0) other.destroy();
  }

  private destroy(): void {
    const error = Object.assign(new Error('PostgreSQL did not answer in time'), { code: 'ETIMEDOUT' });
    streamOf(this).destroy(error);
  }
}

/** Ends a connection politely when the server answers, and in any case within `ms`. */
export async function endClient(client: Client, ms = 500): Promise<void> {
  const timer = setTimeout(() => streamOf(client).destroy(), ms);
  await client.end().catch(() => undefined);
  clearTimeout(timer);
}

// Its types call the connection an internal; its socket is the only thing that can be closed without the server.
function streamOf(client: Client): { destroy(error?: Error): void } {
  return (client as unknown as { connection: { stream: { destroy(error?: Error): void } } }).connection
    .stream;
}
