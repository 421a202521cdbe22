import { connect, createServer, type AddressInfo, type Server } from 'node:net';

const HOST = '127.0.0.1';
const CONNECT_MS = 300;
const returned = new Set<number>();

export interface ChosenPort {
  readonly port: number;
  /** True when the preferred port is in use and another one was chosen. */
  readonly moved: boolean;
}

/** A free port on 127.0.0.1 that this function has not returned before. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = await listenOnce(0);
    if (port === undefined || returned.has(port)) continue;
    returned.add(port);
    return port;
  }
}

/** The preferred port if it is free, otherwise any free one. The caller prints a line when it moved. */
export async function choosePort(preferred: number): Promise<ChosenPort> {
  if (!returned.has(preferred) && (await isFree(preferred))) {
    returned.add(preferred);
    return { port: preferred, moved: false };
  }
  return { port: await freePort(), moved: true };
}

export interface ReservedPort extends ChosenPort {
  /** Frees the port for its process. Safe to call twice. */
  readonly release: () => Promise<void>;
}

/** Like `choosePort`, but blocks the port until `release`: other parts learn the port long before it is used. */
export async function reservePort(preferred: number): Promise<ReservedPort> {
  const chosen = await choosePort(preferred);
  const server = createServer((socket) => socket.destroy());
  const isHeld = await listen(server, chosen.port);
  if (!isHeld) return reservePort(preferred);
  server.unref();
  return { ...chosen, release: () => new Promise((resolve) => server.close(() => resolve())) };
}

/**
 * Binding alone proves nothing: on macOS, a listener on all addresses does not prevent a second one on 127.0.0.1, and the
 * browser would reach the wrong server. A port therefore also counts as used when something accepts a connection.
 */
async function isFree(port: number): Promise<boolean> {
  return (await listenOnce(port)) !== undefined && !(await answers(port));
}

async function listenOnce(port: number): Promise<number | undefined> {
  const server = createServer();
  if (!(await listen(server, port))) return undefined;
  const address = server.address() as AddressInfo;
  return new Promise((resolve) => server.close(() => resolve(address.port)));
}

function listen(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen({ port, host: HOST, exclusive: true }, () => resolve(true));
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
