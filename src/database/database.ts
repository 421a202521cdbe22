import { AsyncLocalStorage } from 'node:async_hooks';
import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ClientBase, Pool } from 'pg';
import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';

/** Rows come back as the driver makes them: snake_case keys, `timestamptz` as Date, `bigint` as string. */
export type Row = Record<string, unknown>;

/** A statement that each connection parses and plans once. A name always belongs to the same text. */
export interface PreparedStatement {
  readonly name: string;
  readonly text: string;
}

/**
 * The only way to the database. A repository that queries inside `transaction` joins it by itself (AsyncLocalStorage),
 * so no method can write through the wrong connection by accident.
 */
@Injectable()
export class Database {
  private readonly open = new AsyncLocalStorage<QueryRunner>();

  private readonly repeated = new Map<string, PreparedStatement>();

  constructor(private readonly dataSource: DataSource) {}

  /** TypeORM's manager of the open transaction, or of the pool. */
  get manager(): EntityManager {
    return this.open.getStore()?.manager ?? this.dataSource.manager;
  }

  /** Runs one parameterised statement and returns its rows (also of UPDATE ... RETURNING). */
  async query<T extends object = Row>(sql: string, parameters: readonly unknown[] = []): Promise<T[]> {
    return this.withRunner((runner) => run<T>(runner, sql, parameters));
  }

  /**
   * Like `query`, for long statements on hot paths. Behind a pooler that hands out connections per transaction it needs
   * one that knows prepared statements (PgBouncer: 1.21 and `max_prepared_statements`).
   */
  async queryPrepared<T extends object = Row>(
    statement: PreparedStatement,
    parameters: readonly unknown[],
  ): Promise<T[]> {
    const query = { ...statement, values: [...parameters] };
    const runner = this.open.getStore();
    if (runner !== undefined) return (await ((await runner.connect()) as ClientBase).query<T>(query)).rows;
    const client = await this.pool.connect();
    try {
      return (await client.query<T>(query)).rows;
    } finally {
      client.release();
    }
  }

  /** `queryPrepared` for statements with a fixed text, which gives the name. */
  async queryRepeated<T extends object = Row>(text: string, parameters: readonly unknown[]): Promise<T[]> {
    let statement = this.repeated.get(text);
    if (statement === undefined) {
      statement = { name: `repeated_${hash('sha256', text).slice(0, 20)}`, text };
      this.repeated.set(text, statement);
    }
    return this.queryPrepared<T>(statement, parameters);
  }

  /** Like `query`, for statements that return at most one row. */
  async queryOne<T extends object = Row>(
    sql: string,
    parameters: readonly unknown[] = [],
  ): Promise<T | undefined> {
    return (await this.query<T>(sql, parameters))[0];
  }

  /**
   * Commits what `work` did, or nothing when it throws. Joins the open transaction if there is one.
   * Never call Stripe or a queue inside: what must happen afterwards is a row (inbox, outbox, requested sync).
   */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    if (this.open.getStore() !== undefined) return work();
    const runner = this.dataSource.createQueryRunner();
    try {
      await runner.startTransaction();
      const result = await this.open.run(runner, work);
      await runner.commitTransaction();
      return result;
    } catch (error) {
      // The connection may be the thing that broke: the first error is the one to report.
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }

  /** True while the schema is older than the code. */
  async hasPendingMigrations(): Promise<boolean> {
    const applied = await this.query<{ name: string }>(`SELECT name FROM migrations`);
    const names = new Set(applied.map(({ name }) => name));
    return this.dataSource.migrations.some(
      (migration) => !names.has(migration.name ?? migration.constructor.name),
    );
  }

  /** The driver's own pool: TypeORM's query runner costs as much as a short statement. */
  private get pool(): Pool {
    return (this.dataSource.driver as unknown as { readonly master: Pool }).master;
  }

  private async withRunner<T>(work: (runner: QueryRunner) => Promise<T>): Promise<T> {
    const current = this.open.getStore();
    if (current !== undefined) return work(current);
    const runner = this.dataSource.createQueryRunner();
    try {
      return await work(runner);
    } finally {
      await runner.release();
    }
  }
}

async function run<T>(runner: QueryRunner, sql: string, parameters: readonly unknown[]): Promise<T[]> {
  const result = await runner.query(sql, [...parameters], true);
  return (result.records ?? []) as T[];
}
