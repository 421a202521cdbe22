import type { DataSource } from 'typeorm';
import { createDataSource } from 'src/database/data-source';
import { Database } from 'src/database/database';
import { createTestDatabase, type TestDatabase } from './database';

export interface ConnectedDatabase {
  readonly url: string;
  readonly dataSource: DataSource;
  readonly database: Database;
}

/**
 * A migrated database for the tests of the file or describe block that calls this: connected before them, dropped after
 * them. Its members exist in every `beforeAll` that is registered later.
 */
export function useTestDatabase(): ConnectedDatabase {
  let created: TestDatabase | undefined;
  let dataSource: DataSource | undefined;
  let database: Database | undefined;
  beforeAll(async () => {
    created = await createTestDatabase();
    dataSource = await createDataSource(created.url).initialize();
    database = new Database(dataSource);
  });
  afterAll(async () => {
    await dataSource?.destroy();
    await created?.drop();
  });
  const present = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('the test database exists from beforeAll on');
    return value;
  };
  return {
    get url() {
      return present(created).url;
    },
    get dataSource() {
      return present(dataSource);
    },
    get database() {
      return present(database);
    },
  };
}
