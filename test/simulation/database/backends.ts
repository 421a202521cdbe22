import { Client, type ClientConfig, type QueryResult } from 'pg';
import { realSleep } from '../kernel/globals';

// Taken when this file is loaded, which is before the driver is replaced for the code under test.
const RealClient = Client;

export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

export type Outcome = { readonly result: QueryResult } | { readonly error: Error };

/** How a statement ended, or that it waits for a lock. */
export type Execution = Outcome | 'blocked';

const names = new Map<string, string>();
const TRANSACTION_CONTROL = /^\s*(START|BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|SET|LISTEN)\b/i;

function nameOf(text: string): string | undefined {
  if (TRANSACTION_CONTROL.test(text)) return undefined;
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = `s${names.size}`;
  names.set(text, name);
  return name;
}

/** One real connection. Statements are prepared once: parsing would be most of the cost of a schedule. */
export class Backend {
  inTransaction = false;
  /** Set while a statement waits for a lock. */
  private waiting: Promise<Outcome> | undefined;

  private constructor(
    private readonly client: Client,
    readonly pid: number,
  ) {}

  static async open(config: ClientConfig): Promise<Backend> {
    const client = new RealClient(config);
    client.on('error', () => undefined);
    await client.connect();
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    return new Backend(client, rows[0]?.pid ?? 0);
  }

  async run(text: string, values: readonly unknown[] = []): Promise<QueryResult> {
    const name = nameOf(text);
    return this.client.query({ text, values: [...values], ...(name === undefined ? {} : { name }) });
  }

  /** Runs several statements without parameters at once. */
  runScript(text: string): Promise<unknown> {
    return this.client.query(text);
  }

  /**
   * Sends a statement and waits until it has ended or is seen waiting for a lock. Without an observer there is nobody
   * whose lock it could wait for.
   */
  async execute({ text, values }: Statement, observer: Backend | undefined): Promise<Execution> {
    this.waiting = this.run(text, values).then(
      (result) => ({ result }),
      (error: unknown) => ({ error: error instanceof Error ? error : new Error(String(error)) }),
    );
    const execution =
      observer === undefined ? this.finish(await this.waiting) : await this.watch(observer, 'running');
    if (execution !== 'blocked') this.note(text, execution);
    return execution;
  }

  /** Like `execute`, for a statement that was blocked when last seen. */
  async watch(observer: Backend, seen: 'running' | 'blocked' = 'blocked'): Promise<Execution> {
    const { waiting } = this;
    if (waiting === undefined) throw new Error('nothing is waiting');
    if (seen === 'blocked' && (await this.isBlocked(observer))) return 'blocked';
    for (let patienceMs = 2; ; patienceMs = 3) {
      const outcome = await Promise.race([waiting, realSleep(patienceMs).then(() => undefined)]);
      if (outcome !== undefined) return this.finish(outcome);
      // Seen waiting twice: longer than PostgreSQL takes to find a deadlock (deadlock_timeout). This wait is a real one.
      const isBlocked = await this.isBlocked(observer);
      if (isBlocked && patienceMs === 3) return 'blocked';
    }
  }

  /** Ends a statement that waits for a lock, as a deadline or a closed socket would. */
  async cancel(observer: Backend): Promise<Outcome> {
    await observer.run('SELECT pg_cancel_backend($1)', [this.pid]);
    const outcome = (await this.waiting) ?? { error: new Error('nothing was waiting') };
    return this.finish(outcome);
  }

  async rollBack(): Promise<void> {
    if (this.inTransaction) await this.run('ROLLBACK');
    this.inTransaction = false;
  }

  async close(): Promise<void> {
    await this.client.end();
  }

  private finish(outcome: Outcome): Outcome {
    this.waiting = undefined;
    return outcome;
  }

  private note(text: string, outcome: Outcome): void {
    if ('error' in outcome) return;
    if (/^\s*(START TRANSACTION|BEGIN)\b/i.test(text)) this.inTransaction = true;
    if (/^\s*(COMMIT|ROLLBACK)\s*$/i.test(text)) this.inTransaction = false;
  }

  private async isBlocked(observer: Backend): Promise<boolean> {
    const { rows } = await observer.run('SELECT cardinality(pg_blocking_pids($1)) > 0 AS blocked', [
      this.pid,
    ]);
    return rows[0]?.['blocked'] === true;
  }
}
