import { createServer, type AddressInfo, type Server } from 'node:net';
import { choosePort, freePort, reservePort } from './ports';

function listen(host: string): Promise<{ server: Server; port: number }> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, host, () => resolve({ server, port: (server.address() as AddressInfo).port }));
  });
}

describe('choosePort', () => {
  it('chooses the preferred port when it is free', async () => {
    const { server, port } = await listen('127.0.0.1');
    await new Promise((done) => server.close(done));

    expect(await choosePort(port)).toEqual({ port, moved: false });
  });

  it.each(['127.0.0.1', '0.0.0.0', '::'])(
    'chooses another port when something listens on %s',
    async (host) => {
      const { server, port } = await listen(host);
      try {
        const chosen = await choosePort(port);

        expect(chosen.moved).toBe(true);
        expect(chosen.port).not.toBe(port);
      } finally {
        server.close();
      }
    },
  );

  it('never returns a port twice', async () => {
    const port = await freePort();

    expect((await choosePort(port)).moved).toBe(true);
  });
});

describe('reservePort', () => {
  it('blocks the port until it is released, repeatedly', async () => {
    const { server, port } = await listen('127.0.0.1');
    await new Promise((done) => server.close(done));
    const reserved = await reservePort(port);

    expect(reserved).toMatchObject({ port, moved: false });
    expect((await reservePort(port)).moved).toBe(true);
    await reserved.release();
    await reserved.release();
    const next = createServer();
    await new Promise<void>((done) => next.listen(port, '127.0.0.1', done));
    next.close();
  });
});
