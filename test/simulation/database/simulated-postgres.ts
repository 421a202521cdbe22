import type { QueryResult } from 'pg';
import { currentProcess, type SimProcess } from '../kernel/process';
import type { Random } from '../kernel/random';
import type { Scheduler, Step } from '../kernel/scheduler';
import type { Story } from '../kernel/story';
import { type Backend, type Execution, type Outcome, type Statement } from './backends';

export interface DatabaseFaults {
  readonly typicalMs: number;
  /** Of statements: the connection breaks before or after they run. */
  readonly cut: number;
  /** Of statements: refused with a serialization failure. */
  readonly refused: number;
  /** Of messages to and from it: take up to five seconds. */
  readonly slow: number;
}

export const NO_DATABASE_FAULTS: DatabaseFaults = { typicalMs: 1, cut: 0, refused: 0, slow: 0 };

export interface Session {
  readonly backend: Backend;
  readonly owner: SimProcess;
  /** What ran since the transaction began. */
  readonly statements: string[];
  isBroken: boolean;
  /** Its process died or let it go: nothing more of it counts. */
  isAbandoned: boolean;
}

/** Real connections, opened beforehand and used by one schedule after the other. */
export interface Connections {
  readonly observer: Backend;
  readonly free: Backend[];
  /** Sets the time of the database. */
  readonly setClock: (ms: number) => void;
  /** Tables that may hold rows. */
  readonly touchedTables: Set<string>;
}

interface Waiter {
  readonly session: Session;
  readonly statement: Statement;
  readonly deliver: (outcome: Outcome) => void;
  readonly deadline: Step;
}

// As src/database sets them: the server ends what waits for a lock, the client what is not answered at all.
const LOCK_TIMEOUT_MS = 2500;
const DEADLINE_MS = 4000;
const ENDS_TRANSACTION = /^\s*(COMMIT|ROLLBACK)\b/i;

class DriverError extends Error {
  constructor(
    message: string,
    readonly code?: string,
  ) {
    super(message);
  }
}

/**
 * A real PostgreSQL under the scheduler: a statement reaches it in a step of its own, and its reply the process in
 * another. One statement runs at a time unless it waits for a lock; what it waits for, PostgreSQL itself decides.
 */
export class SimulatedPostgres {
  faults = NO_DATABASE_FAULTS;
  onCommit: (statements: readonly string[], by: SimProcess) => Promise<void> = () => Promise.resolve();
  private readonly sessions = new Set<Session>();
  private waiters: Waiter[] = [];

  constructor(
    private readonly connections: Connections,
    private readonly scheduler: Scheduler,
    private readonly random: Random,
    private readonly story: Story,
  ) {}

  /** A session for the running process. It ends with it. */
  open(): Session {
    const owner = currentProcess();
    const backend = this.connections.free.pop();
    if (owner === undefined) throw new Error('only simulated processes use the database');
    if (backend === undefined) throw new Error('the simulation has no spare connection');
    const session: Session = { backend, owner, statements: [], isBroken: false, isAbandoned: false };
    this.sessions.add(session);
    owner.onDeath(() => this.abandon(session));
    return session;
  }

  /** Gives the connection back to the pool; a broken one closes, and the server rolls back. */
  release(session: Session): void {
    if (session.isAbandoned) return;
    if (session.isBroken || session.backend.inTransaction) return this.abandon(session);
    this.sessions.delete(session);
    session.isAbandoned = true;
    this.connections.free.push(session.backend);
  }

  query(session: Session, statement: Statement): Promise<QueryResult> {
    const { scheduler } = this;
    const { owner } = session;
    return new Promise((resolve, reject) => {
      const deadline = scheduler.schedule(
        DEADLINE_MS,
        () => {
          this.breakConnection(session);
          reject(new DriverError('PostgreSQL did not answer in time', 'ETIMEDOUT'));
        },
        { owner, kind: 'tick' },
      );
      const deliver = (outcome: Outcome): void => {
        const step = (): void => {
          if (deadline.cancelled || !owner.passBoundary('a reply of the database')) return;
          scheduler.cancel(deadline);
          if ('error' in outcome) reject(outcome.error);
          else resolve(outcome.result);
        };
        scheduler.schedule(this.latency(), step, { owner });
      };
      scheduler.schedule(this.latency(), () => this.execute(session, statement, deliver));
    });
  }

  /** Runs a statement of the simulation's own, at once. */
  async observe<T>(text: string, values: readonly unknown[] = []): Promise<T[]> {
    this.setClock();
    return (await this.connections.observer.run(text, values)).rows as T[];
  }

  /** Rolls back what is open and gives every connection back, for the next schedule. */
  async close(): Promise<void> {
    for (const { session } of this.waiters) await session.backend.cancel(this.connections.observer);
    for (const { backend } of this.sessions) {
      await backend.rollBack();
      this.connections.free.push(backend);
    }
    this.sessions.clear();
    this.connections.free.sort((a, b) => b.pid - a.pid);
  }

  private async execute(
    session: Session,
    statement: Statement,
    deliver: (outcome: Outcome) => void,
  ): Promise<void> {
    if (session.isAbandoned || !session.owner.passBoundary(`a statement: ${brief(statement.text)}`)) return;
    const fault = this.drawFault(session, statement);
    if (fault === 'lost') return deliver(this.breakConnection(session));
    if (fault === 'refused') return deliver(await this.refuse(session));
    this.setClock();
    const mayBlock = [...this.sessions].some((other) => other !== session && other.backend.inTransaction);
    const execution = await session.backend.execute(
      statement,
      mayBlock ? this.connections.observer : undefined,
    );
    this.tell(session, statement, execution);
    if (execution === 'blocked') return this.wait(session, statement, deliver);
    await this.finish(session, statement, { outcome: execution, deliver, isCut: fault === 'cut' });
    if (ENDS_TRANSACTION.test(statement.text)) await this.wakeWaiters();
  }

  private async finish(
    session: Session,
    { text }: Statement,
    how: { outcome: Outcome; deliver: (outcome: Outcome) => void; isCut?: boolean },
  ): Promise<void> {
    for (const [, table = ''] of text.matchAll(/INSERT INTO (\w+)/gi))
      this.connections.touchedTables.add(table);
    session.statements.push(text);
    if (!session.backend.inTransaction) {
      const statements = session.statements.splice(0);
      const isCommitted = 'result' in how.outcome && how.outcome.result.command !== 'ROLLBACK';
      if (isCommitted) await this.onCommit(statements, session.owner);
    }
    how.deliver(how.isCut === true ? this.breakConnection(session) : how.outcome);
  }

  private wait(session: Session, statement: Statement, deliver: Waiter['deliver']): void {
    const deadline = this.scheduler.schedule(LOCK_TIMEOUT_MS, async () => {
      const waiter = this.waiters.find((one) => one.session === session);
      if (waiter === undefined) return;
      this.waiters = this.waiters.filter((one) => one !== waiter);
      await session.backend.cancel(this.connections.observer);
      this.story.tell(this.scheduler.nowMs, session.owner.name, 'waited too long for a lock');
      deliver({ error: new DriverError('canceling statement due to lock timeout', '55P03') });
      await this.wakeWaiters();
    });
    this.waiters.push({ session, statement, deliver, deadline });
  }

  /** What waited for a lock may have got it: it runs now, in the order in which it began to wait. */
  private async wakeWaiters(): Promise<void> {
    for (const waiter of [...this.waiters]) {
      const { session, statement, deliver, deadline } = waiter;
      const execution = await session.backend.watch(this.connections.observer);
      if (execution === 'blocked') continue;
      this.waiters = this.waiters.filter((one) => one !== waiter);
      this.scheduler.cancel(deadline);
      this.tell(session, statement, execution);
      await this.finish(session, statement, { outcome: execution, deliver });
      // It may have held up others, and is done now.
      if (!session.backend.inTransaction) return this.wakeWaiters();
    }
  }

  /** The server notices the closed socket a little later and rolls back; until then the locks stay. */
  private abandon(session: Session): void {
    if (session.isAbandoned) return;
    session.isAbandoned = true;
    this.scheduler.schedule(this.random.latency(20), async () => {
      const waiter = this.waiters.find((one) => one.session === session);
      if (waiter !== undefined) {
        this.waiters = this.waiters.filter((one) => one !== waiter);
        this.scheduler.cancel(waiter.deadline);
        await session.backend.cancel(this.connections.observer);
      }
      await session.backend.rollBack();
      this.sessions.delete(session);
      this.connections.free.push(session.backend);
      await this.wakeWaiters();
    });
  }

  private drawFault(session: Session, { text }: Statement): 'none' | 'lost' | 'cut' | 'refused' {
    if (session.isBroken) return 'lost';
    const { cut, refused } = this.faults;
    if (cut > 0 && this.random.chance(cut)) return this.random.chance(0.5) ? 'lost' : 'cut';
    const canFail = session.backend.inTransaction || /^\s*(WITH|INSERT|UPDATE|DELETE)\b/i.test(text);
    return refused > 0 && canFail && this.random.chance(refused) ? 'refused' : 'none';
  }

  private breakConnection(session: Session): Outcome {
    session.isBroken = true;
    this.story.tell(this.scheduler.nowMs, session.owner.name, 'loses a connection to the database');
    return { error: new DriverError('Connection terminated unexpectedly') };
  }

  private async refuse(session: Session): Promise<Outcome> {
    if (session.backend.inTransaction) {
      // The server refuses everything until the transaction ends.
      await session.backend.run('SELECT 1/0').catch(() => undefined);
    }
    this.story.tell(
      this.scheduler.nowMs,
      session.owner.name,
      'is refused a statement: serialization failure',
    );
    return { error: new DriverError('could not serialize access due to concurrent update', '40001') };
  }

  private setClock(): void {
    this.connections.setClock(Math.floor(this.scheduler.nowMs));
  }

  private latency(): number {
    const { typicalMs, slow } = this.faults;
    return slow > 0 && this.random.chance(slow)
      ? this.random.between(500, 5000)
      : this.random.latency(typicalMs);
  }

  private tell(session: Session, { text }: Statement, execution: Execution): void {
    const { name } = session.owner;
    this.story.tell(this.scheduler.nowMs, name, `sql ${brief(text)} ${describe(execution)}`);
  }
}

const brief = (text: string): string => text.replaceAll(/\s+/g, ' ').trim().slice(0, 90);

function describe(execution: Execution): string {
  if (execution === 'blocked') return '-> waits for a lock';
  return 'error' in execution ? `-> ${execution.error.message}` : `-> ${execution.result.rowCount ?? 0} rows`;
}
