import { mkdtemp } from 'node:fs/promises';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDataSource } from 'src/database/data-source';
import { migrate } from 'src/database/migrate';
import { startPostgres, withClient } from '../../../local/postgres';
import { DATABASE_SETTINGS, SIMULATED_FUNCTIONS } from './simulated-functions';

export interface SimulationServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** A PostgreSQL of our own in memory, or the one that `SIMULATION_POSTGRES_URL` names. */
export async function startServer(): Promise<SimulationServer> {
  const given = process.env['SIMULATION_POSTGRES_URL'];
  if (given !== undefined) return { url: given, stop: () => Promise.resolve() };
  const dataDir = await mkdtemp(join(tmpdir(), 'course-companion-sim-'));
  return startPostgres({ dataDir, durable: false, temporary: true, maxConnections: 200 });
}

/** Where the database of this name reads the time. */
export function clockFile(name: string): string {
  return join(tmpdir(), `${name}.clock`);
}

export function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** The production migrations, run where `now()` and `gen_random_uuid()` are the simulated ones. */
export async function createTemplate(serverUrl: string, name: string): Promise<void> {
  await createDatabase(serverUrl, name);
  const url = databaseUrl(serverUrl, name);
  await withClient(url, (client) => client.query(SIMULATED_FUNCTIONS));
  const dataSource = createDataSource(url);
  await dataSource.initialize();
  try {
    await migrate(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

export async function createDatabase(serverUrl: string, name: string, template?: string): Promise<string> {
  await withClient(serverUrl, async (client) => {
    await client.query(`CREATE DATABASE ${name}${template === undefined ? '' : ` TEMPLATE ${template}`}`);
    writeFileSync(clockFile(name), '0');
    const settings = { ...DATABASE_SETTINGS, 'simulation.clock_file': `'${clockFile(name)}'` };
    for (const [setting, value] of Object.entries(settings)) {
      await client.query(`ALTER DATABASE ${name} SET ${setting} = ${value}`);
    }
  });
  return databaseUrl(serverUrl, name);
}

export async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  await withClient(serverUrl, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  rmSync(clockFile(name), { force: true });
}
