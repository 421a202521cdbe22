import { connect, createServer, type AddressInfo } from 'node:net';

const HOST = '127.0.0.1';
const CONNECT_MS = 300;
const handedOut = new Set<number>();

export interface ChosenPort {
  readonly port: number;
  /** True when the preferred port was taken and another one had to be found. */
  readonly moved: boolean;
}

/** A port on 127.0.0.1 that nothing listens on and that this process has not been given before. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = await listenOnce(0);
    if (port === undefined || handedOut.has(port)) continue;
    handedOut.add(port);
    return port;
  }
}

/** The preferred port when it is free, else any free one; the caller tells the person when it moved. */
export async function choosePort(preferred: number): Promise<ChosenPort> {
  if (!handedOut.has(preferred) && (await isFree(preferred))) {
    handedOut.add(preferred);
    return { port: preferred, moved: false };
  }
  return { port: await freePort(), moved: true };
}

/**
 * Binding alone is not proof: on macOS a listener on all addresses does not stop a second one on 127.0.0.1, and
 * the person's browser would then meet the wrong server. So a port also counts as taken when something answers.
 */
async function isFree(port: number): Promise<boolean> {
  return (await listenOnce(port)) !== undefined && !(await answers(port));
}

function listenOnce(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: HOST, exclusive: true }, () => {
      const address = server.address() as AddressInfo;
      server.close(() => resolve(address.port));
    });
  });
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: HOST });
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(CONNECT_MS, () => settle(false));
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });
}
