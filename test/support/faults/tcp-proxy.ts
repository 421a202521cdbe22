import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

interface Target {
  readonly port: number;
}

interface Link {
  readonly client: Socket;
  readonly server: Socket;
  /** True: bytes of both directions are dropped and nothing is closed, as when a cable is pulled. */
  silent: boolean;
  /** The end of what the client has sent so far. */
  sent: string;
}

const KEPT_BYTES = 200;

/** A TCP proxy in front of a service: it delays, drops and cuts what passes. */
export class TcpProxy {
  private readonly links = new Set<Link>();
  private silentForNew = false;
  private refusing = false;
  private delayMs = 0;

  private constructor(
    private readonly server: Server,
    private readonly target: () => Target,
  ) {
    server.on('connection', (client) => this.join(client));
  }

  /** A function chooses for each connection. */
  static async start(target: Target | (() => Target)): Promise<TcpProxy> {
    const server = createServer({ allowHalfOpen: false });
    const proxy = new TcpProxy(server, typeof target === 'function' ? target : () => target);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get connections(): number {
    return this.links.size;
  }

  /** Everything passes again; connections that were silent stay silent, as half-open sockets do. */
  heal(): void {
    this.silentForNew = false;
    this.refusing = false;
    this.delayMs = 0;
  }

  /** Closes every connection with a reset. */
  cut(): void {
    for (const { client, server } of this.links) {
      client.resetAndDestroy();
      server.resetAndDestroy();
    }
  }

  /** Drops all bytes without closing anything: of open connections, and of new ones until `heal`. */
  blackHole(): void {
    this.silentForNew = true;
    for (const link of this.links) link.silent = true;
  }

  /** Makes open connections silent; new ones work. `sent` selects those whose last request contains it. */
  halfOpen(sent = ''): number {
    const chosen = [...this.links].filter((link) => link.sent.includes(sent));
    for (const link of chosen) link.silent = true;
    return chosen.length;
  }

  /** Resets connections and refuses new ones until `heal`. */
  refuse(): void {
    this.refusing = true;
    this.cut();
  }

  /** Holds back every chunk for so long. */
  slow(delayMs: number): void {
    this.delayMs = delayMs;
  }

  async stop(): Promise<void> {
    this.refusing = true;
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private join(client: Socket): void {
    if (this.refusing) {
      client.resetAndDestroy();
      return;
    }
    const server = connect({ host: '127.0.0.1', ...this.target() });
    const link: Link = { client, server, silent: this.silentForNew, sent: '' };
    this.links.add(link);
    client.on('data', (chunk) => {
      link.sent = (link.sent + chunk.toString('latin1')).slice(-KEPT_BYTES);
      this.pass(link, server, chunk);
    });
    server.on('data', (chunk) => this.pass(link, client, chunk));
    const end = (): void => {
      if (link.silent) return;
      this.links.delete(link);
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) socket.on('error', end).on('close', end);
  }

  private pass(link: Link, to: Socket, chunk: Buffer): void {
    if (link.silent) return;
    if (this.delayMs === 0) to.write(chunk);
    else setTimeout(() => !link.silent && !to.destroyed && to.write(chunk), this.delayMs);
  }
}
