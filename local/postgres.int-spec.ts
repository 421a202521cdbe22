import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../test/support/wait';
import { startPostgres, withClient } from './postgres';
import { getPostgresBinaries, getRootPrefix } from './postgres-binaries';
import { isAlive } from './processes';

describe('startPostgres', () => {
  let folder: string;
  let dataDir: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'course-companion-spec-'));
    dataDir = join(folder, 'postgres');
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('keeps committed data across a restart', async () => {
    const first = await startPostgres({ dataDir, database: 'app', durable: false });
    await withClient(first.url, (client) => client.query('CREATE TABLE kept AS SELECT 42 AS answer'));
    await first.stop();
    const second = await startPostgres({ dataDir, database: 'app', durable: false });

    const found = await withClient(second.url, (client) => client.query('SELECT answer FROM kept'));
    await second.stop();

    expect(found.rows).toEqual([{ answer: 42 }]);
    expect(isAlive(second.pid)).toBe(false);
  });

  it('logs neither statements nor values when one fails', async () => {
    let log = '';
    const postgres = await startPostgres({ dataDir, durable: false, onLog: (text) => (log += text) });

    await withClient(postgres.url, async (client) => {
      await client.query('CREATE TABLE people (email text UNIQUE)');
      await client.query(`INSERT INTO people VALUES ($1)`, ['ada@example.test']);
      await client.query(`INSERT INTO people VALUES ($1)`, ['ada@example.test']).catch(() => undefined);
      await client.query(`INSERT INTO people VALUES ('ada@example.test')`).catch(() => undefined);
    });
    await eventually(() => expect(log).toContain('people_email_key'));
    await postgres.stop();

    expect(log).not.toContain('ada@');
  });

  it('listens on 127.0.0.1 only and sorts by code point in UTF-8', async () => {
    const postgres = await startPostgres({ dataDir, durable: false });

    const settings = await withClient(postgres.url, (client) =>
      client.query(
        `SELECT current_setting('listen_addresses') AS addresses, current_setting('server_encoding') AS encoding,
                upper('ä') AS upper, 'B' < 'a' AS by_code_point`,
      ),
    );
    await postgres.stop();

    expect(settings.rows).toEqual([
      { addresses: '127.0.0.1', encoding: 'UTF8', upper: 'Ä', by_code_point: true },
    ]);
  });

  it('stops a server left by a killed start and uses its folder', async () => {
    const seed = await startPostgres({ dataDir, durable: false });
    await seed.stop();
    const orphan = spawn(...postgresCommand(dataDir, seed.port), { stdio: 'ignore', detached: true });
    await eventually(() => expect(readFileSync(join(dataDir, 'postmaster.pid'), 'utf8')).toContain('ready'));

    const adopted = await startPostgres({ dataDir, durable: false });
    await adopted.stop();

    expect(orphan.pid !== undefined && isAlive(orphan.pid)).toBe(false);
  });

  it('starts although a stale pid file names another program', async () => {
    const seed = await startPostgres({ dataDir, durable: false });
    await seed.stop();
    await writeFile(join(dataDir, 'postmaster.pid'), `${process.ppid}\n${dataDir}\n`);

    const postgres = await startPostgres({ dataDir, durable: false });
    await postgres.stop();

    expect(isAlive(process.ppid)).toBe(true);
  });

  it('refuses a folder of another major version with one sentence', async () => {
    await startPostgres({ dataDir, durable: false }).then((postgres) => postgres.stop());
    await writeFile(join(dataDir, 'PG_VERSION'), '17\n');

    await expect(startPostgres({ dataDir })).rejects.toThrow(
      /created by PostgreSQL 17, and this is 18: move the folder away first/,
    );
  });

  it('reports the message of the server when it cannot start', async () => {
    const holder = await startPostgres({ dataDir, durable: false });

    const second = startPostgres({ dataDir: join(folder, 'second'), durable: false, port: holder.port });

    await expect(second).rejects.toThrow(/PostgreSQL did not start(.|\n)*could not bind/);
    await holder.stop();
  });
});

function postgresCommand(dataDir: string, port: number): [file: string, args: string[]] {
  const { postgres } = getPostgresBinaries(join(dataDir, 'lib'));
  const flags = ['-D', dataDir, '-c', 'unix_socket_directories=', '-c', `port=${port}`];
  const [file = '', ...args] = [...getRootPrefix(), postgres, ...flags];
  return [file, args];
}
