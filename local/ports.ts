import { connect, createServer, type AddressInfo, type Server } from 'node:net';

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

export interface ReservedPort extends ChosenPort {
  /** Gives it up for the process that it was kept for. Safe to call twice. */
  readonly release: () => Promise<void>;
}

/** Like `choosePort`, and nobody else gets it until `release`: other parts are told of it long before it is used. */
export async function reservePort(preferred: number): Promise<ReservedPort> {
  const chosen = await choosePort(preferred);
  const server = createServer((socket) => socket.destroy());
  const isHeld = await listen(server, chosen.port);
  if (!isHeld) return reservePort(preferred);
  server.unref();
  return { ...chosen, release: () => new Promise((resolve) => server.close(() => resolve())) };
}

/**
 * Binding alone is not proof: on macOS a listener on all addresses does not stop a second one on 127.0.0.1, and
 * the person's browser would then meet the wrong server. So a port also counts as taken when something answers.
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
