import './backends';
import { EventEmitter } from 'node:events';
import pg, { type QueryResult } from 'pg';
import { currentProcess, type SimProcess } from '../kernel/process';
import type { Session, SimulatedPostgres } from './simulated-postgres';

let database: SimulatedPostgres | undefined;

/** From here on the replaced driver talks to this database. */
export function useDatabase(next: SimulatedPostgres | undefined): void {
  database = next;
}

function getDatabase(): SimulatedPostgres {
  if (database === undefined) throw new Error('no schedule is running');
  return database;
}

interface QueryConfig {
  readonly text: string;
  readonly values?: readonly unknown[];
}

/** A connection as `pg` gives it to TypeORM and to hand-written SQL. One statement at a time, in order. */
class SimulatedClient extends EventEmitter {
  private last: Promise<unknown> = Promise.resolve();

  constructor(readonly session: Session) {
    super();
  }

  query(config: string | QueryConfig, values: readonly unknown[] = []): Promise<QueryResult> {
    const statement = typeof config === 'string' ? { text: config, values } : { values, ...config };
    const run = () => getDatabase().query(this.session, statement);
    const result = this.last.then(run, run);
    this.last = result.catch(() => undefined);
    return result;
  }

  release(error?: unknown): void {
    if (error !== undefined && error !== false) this.session.isBroken = true;
    getDatabase().release(this.session);
  }

  escapeIdentifier(name: string): string {
    return pg.escapeIdentifier(name);
  }
}

/** Stands in while TypeORM asks for version and schema, before there is a schedule. */
class StartUpClient extends EventEmitter {
  query(text: string): Promise<Partial<QueryResult>> {
    const row = {
      version: 'PostgreSQL 18.0',
      server_version: '18.0',
      current_schema: 'public',
      current_database: 'simulation',
    };
    return Promise.resolve({ rows: [row], rowCount: 1, command: text.split(' ')[0] ?? '' });
  }

  release(_error?: unknown): void {
    // Nothing was taken.
  }
}

type Release = (error?: unknown) => void;
type Connected = (error: Error | undefined, client: EventEmitter, release: Release) => void;

class SimulatedPool extends EventEmitter {
  connect(): Promise<SimulatedClient | StartUpClient>;
  connect(done: Connected): void;
  connect(done?: Connected): Promise<SimulatedClient | StartUpClient> | undefined {
    const client =
      currentProcess() === undefined ? new StartUpClient() : new SimulatedClient(getDatabase().open());
    if (done === undefined) return Promise.resolve(client);
    done(undefined, client, (error) => client.release(error));
    return undefined;
  }

  async query(config: string | QueryConfig, values?: readonly unknown[]): Promise<Partial<QueryResult>> {
    const client = await this.connect();
    const text = typeof config === 'string' ? config : config.text;
    const result = client instanceof StartUpClient ? client.query(text) : client.query(config, values);
    return result.finally(() => client.release());
  }

  end(done?: () => void): Promise<void> {
    done?.();
    return Promise.resolve();
  }
}

const listeners = new Map<SimulatedListener, SimProcess>();

/** A connection that only listens. What commits with a NOTIFY wakes it, unless the notification is lost. */
class SimulatedListener extends EventEmitter {
  readonly channels = new Set<string>();
  /** What production code closes when a server does not answer. */
  readonly connection = { stream: { destroy: (): void => void this.end() } };

  connect(): Promise<void> {
    const owner = currentProcess();
    if (owner === undefined) throw new Error('only simulated processes listen');
    listeners.set(this, owner);
    owner.onDeath(() => listeners.delete(this));
    return Promise.resolve();
  }

  query(text: string): Promise<{ rows: unknown[] }> {
    const channel = /LISTEN\s+"?(\w+)/i.exec(text)?.[1];
    if (channel !== undefined) this.channels.add(channel);
    return Promise.resolve({ rows: [] });
  }

  escapeIdentifier(name: string): string {
    return pg.escapeIdentifier(name);
  }

  end(): Promise<void> {
    if (listeners.delete(this)) this.emit('end');
    return Promise.resolve();
  }
}

export interface Listening {
  readonly process: SimProcess;
  wake(): void;
}

/** Who listens to a channel now. */
export function listenersOf(channel: string): Listening[] {
  return [...listeners]
    .filter(([listener, process]) => process.isAlive && listener.channels.has(channel))
    .map(([listener, process]) => ({
      process,
      wake: () => listener.emit('notification', { channel, payload: '' }),
    }));
}

export function forgetListeners(): void {
  listeners.clear();
}

/** Replaces the driver for everything that is loaded afterwards. */
export function replaceDriver(): void {
  Object.assign(pg, { Pool: SimulatedPool, Client: SimulatedListener });
}
