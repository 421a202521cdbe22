import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createTestDatabase, type TestDatabase } from '../../test/support/database';
import { assertSessionsAreKept } from './session-check';

/** Frames of the server's side of the protocol: a letter, a length that includes itself, a body. */
function frames(buffer: Buffer): { complete: Buffer[]; rest: Buffer } {
  const complete: Buffer[] = [];
  let rest = buffer;
  while (rest.length >= 5 && rest.length >= 1 + rest.readInt32BE(1)) {
    const length = 1 + rest.readInt32BE(1);
    complete.push(Buffer.from(rest.subarray(0, length)));
    rest = rest.subarray(length);
  }
  return { complete, rest };
}

/** As PgBouncer does: a process id of its own, and in transaction mode no notifications. */
function pooler(target: URL, mode: 'session' | 'transaction'): Server {
  return createServer((client) => {
    const server: Socket = connect(Number(target.port), target.hostname);
    let buffered: Buffer = Buffer.alloc(0);
    client.pipe(server);
    server.on('data', (chunk) => {
      const { complete, rest } = frames(Buffer.concat([buffered, chunk]));
      buffered = rest;
      for (const frame of complete) {
        const letter = String.fromCharCode(frame[0] ?? 0);
        if (letter === 'K') frame.writeInt32BE(1, 5);
        if (letter !== 'A' || mode === 'session') client.write(frame);
      }
    });
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const)
      socket.on('error', () => other.destroy()).on('close', () => other.destroy());
  });
}

/** What PgBouncer answers to the settings that the backend asks for, unless it is told to ignore them. */
const refusing = () =>
  createServer((client) => {
    client.once('data', () => {
      const text = 'SFATAL\0C08P01\0Munsupported startup parameter: statement_timeout\0\0';
      const frame = Buffer.alloc(5 + text.length);
      frame.write('E', 0);
      frame.writeInt32BE(4 + text.length, 1);
      frame.write(text, 5);
      client.end(frame);
    });
    client.on('error', () => undefined);
  });

describe('the check for sessions', () => {
  let database: TestDatabase;
  const servers: Server[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(async () => {
    for (const server of servers) server.close();
    await database.drop();
  });

  async function urlThrough(server: Server): Promise<string> {
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = new URL(database.url);
    url.port = String((server.address() as AddressInfo).port);
    return url.href;
  }

  it('accepts PostgreSQL itself', async () => {
    await expect(assertSessionsAreKept(database.url)).resolves.toBeUndefined();
  });

  it('accepts a pooler in session mode', async () => {
    const url = await urlThrough(pooler(new URL(database.url), 'session'));

    await expect(assertSessionsAreKept(url)).resolves.toBeUndefined();
  });

  it('refuses a pooler in transaction mode in one line that names the variable and the fix', async () => {
    const url = await urlThrough(pooler(new URL(database.url), 'transaction'));

    await expect(assertSessionsAreKept(url)).rejects.toThrow(
      /^DATABASE_URL leads to .*PgBouncer in transaction mode.*session mode$/,
    );
  });

  it('refuses a pooler that knows no settings in the same line', async () => {
    const url = await urlThrough(refusing());

    await expect(assertSessionsAreKept(url)).rejects.toThrow(/^DATABASE_URL leads to .*session mode$/);
  });
});
